import { describe, expect, it } from "vitest";
import { explain } from "../../src/audit/index.js";
import { abroad, agents, auditOf, home, idOf, office, seenWith, session } from "./population.js";

/** The commands after the first finding about these sessions. */
function commandsFor(sessions: Parameters<typeof auditOf>[0]): readonly string[] {
  const [finding] = auditOf(sessions).findings;
  return finding === undefined ? [] : explain(finding).next;
}

describe("the commands after a finding", () => {
  it("show the session and end it", () => {
    const taken = seenWith({ ip: home, userAgent: agents.chromeWindows }, { ip: abroad, userAgent: agents.curl });
    const id = idOf(0).slice(0, 8);
    expect(commandsFor([taken])).toEqual([`sessctl show ${id}`, `sessctl revoke ${id} --reason tool-replay`]);
  });

  it("only show what is info: nothing is to be done about it", () => {
    const moved = seenWith(
      { ip: home, userAgent: agents.chromeWindows },
      { ip: office, userAgent: agents.chromeWindows },
    );
    expect(auditOf([moved]).findings).toMatchObject([{ rule: "network-change", severity: "info" }]);
    expect(commandsFor([moved])).toEqual([`sessctl show ${idOf(0).slice(0, 8)}`]);
  });

  it.each([
    ["alice", "--user alice"],
    ["alice@example.org", "--user alice@example.org"],
    ["auth0|5f", "--user='auth0|5f'"],
    ["--all", "--user='--all'"],
    ["", "--user=''"],
    ["a'b; rm -rf ~", "--user='a'\\''b; rm -rf ~'"],
    ["$(id)\n`id`", "--user='$(id)\n`id`'"],
  ])("name the user %j so that a shell takes it as one word", (user, option) => {
    const sessions = Array.from({ length: 6 }, (_, n) => session({ id: idOf(n), user }));
    expect(commandsFor(sessions)).toEqual([
      `sessctl list ${option}`,
      `sessctl revoke ${option} --reason concurrent-excess`,
    ]);
  });
});
