import type { AclUser } from "../../core/server.js";
import { dangers, mayEverything } from "../acl.js";
import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";

/** Users named one by one. */
const named = 5;

/** Who may empty, stop or take over the server. */
export const dangerousCommands: ServerCheck = {
  of: "server",
  id: "dangerous-commands",
  group: "access",
  title: "dangerous commands",
  why: "FLUSHALL ends every session, CONFIG and MODULE take the server over, KEYS and MONITOR stop or overhear it.",
  examine(server) {
    if (!server.users.known) return unknown(whyUnknown(server.users));
    const able = server.users.value.filter((user) => user.on && dangers(user).length > 0);
    const facts = { users: able.map((user) => ({ name: user.name, commands: dangers(user) })) };
    if (able.length === 0) return ok("no user may run any", facts);
    // One administrator there must be; that it is not the default user has a check of its own.
    const [only] = able;
    if (able.length === 1 && only !== undefined && only.name !== "default" && !only.nopass) {
      return ok(`only ${only.name} may run them`, facts);
    }
    const rest = able.length - named;
    const saw = able.slice(0, named).map(mayText).join("; ") + (rest > 0 ? `; and ${rest} more users` : "");
    const others = able.filter(({ name }) => name !== "default");
    return wrong("warning", saw, facts, [
      ...others.slice(0, named).map(({ name }) => ({ in: "redis", text: `ACL SETUSER ${name} -@dangerous` }) as const),
      {
        in: "words",
        text: "Leave them to one administrator with a password; sessctl acl has the rules for all others.",
      },
    ]);
  },
};

function mayText(user: AclUser): string {
  return `${user.name} may run ${mayEverything(user) ? "all of them" : dangers(user).join(", ")}`;
}
