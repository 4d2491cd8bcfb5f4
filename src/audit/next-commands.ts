import type { EventType } from "../core/event.js";
import type { Finding } from "./finding.js";

/** An address that is none goes nowhere near a shell. */
const plainAddress = /^[\da-fA-F.:]+$/;
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
  if (ip === null || !plainAddress.test(ip)) return showAndRevoke(finding, reason);
  return [`sessctl list --ip ${ip}`, `sessctl revoke --ip ${ip}${reasonOption(reason)}`];
}

/** Look at such events, and at what else comes from the finding's address. */
export function eventsOfType({ ip }: Finding, type: EventType): readonly string[] {
  const from = ip === null || !plainAddress.test(ip) ? "--limit 20" : `--ip ${ip}`;
  return [`sessctl events --type ${type}`, `sessctl list ${from}`];
}

/** Look at some sessions: what was found is no fault of any one. */
export function listAll(): readonly string[] {
  return ["sessctl list --limit 5 --columns id,user,createdAt,endsAt", "sessctl list --limit 0 -o csv"];
}

function reasonOption(reason: string | undefined): string {
  if (reason === undefined) return "";
  return ` --reason ${reason.includes(" ") ? `"${reason}"` : reason}`;
}
