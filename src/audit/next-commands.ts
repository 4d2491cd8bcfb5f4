import type { Finding } from "./finding.js";

const plainWord = /^[\w][\w.@+-]*$/;

/** Look at the finding's session, then end it for `reason` (a word or two, without quotes). */
export function showAndRevoke(finding: Finding, reason?: string): readonly string[] {
  const id = finding.sessions[0]?.slice(0, 8) ?? "";
  return [`sessctl show ${id}`, `sessctl revoke ${id}${reasonOption(reason)}`];
}

/** Look at the sessions of the finding's user, then end them all for `reason`. */
export function listAndRevokeUser(finding: Finding, reason?: string): readonly string[] {
  if (finding.user === null) return showAndRevoke(finding, reason);
  const user = plainWord.test(finding.user)
    ? `--user ${finding.user}`
    : `--user='${finding.user.replaceAll("'", "'\\''")}'`;
  return [`sessctl list ${user}`, `sessctl revoke ${user}${reasonOption(reason)}`];
}

/** Look at the sessions of the finding's address, then end them for `reason`. */
export function listByAddress(finding: Finding, reason: string): readonly string[] {
  const { ip } = finding;
  // An address that is none goes nowhere near a shell.
  if (ip === null || !/^[\da-fA-F.:]+$/.test(ip)) return showAndRevoke(finding, reason);
  return [`sessctl list --ip ${ip}`, `sessctl revoke --ip ${ip}${reasonOption(reason)}`];
}

/** Look at some sessions: what was found is no fault of any one. */
export function listAll(): readonly string[] {
  return ["sessctl list --limit 5 --columns id,user,createdAt,endsAt", "sessctl list --limit 0 -o csv"];
}

function reasonOption(reason: string | undefined): string {
  if (reason === undefined) return "";
  return ` --reason ${reason.includes(" ") ? `"${reason}"` : reason}`;
}
