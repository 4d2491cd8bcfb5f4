import { dangers, everyKey, mayEverything } from "../acl.js";
import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";

/** Whether this very connection may more than it needs. */
export const connectedUser: ServerCheck = {
  of: "server",
  id: "connected-user",
  group: "access",
  title: "connected user",
  why: "A slip of an operator, or a password that leaks, does no more harm than the user behind it may do.",
  examine(server, { namespace }) {
    if (!server.user.known) return unknown(whyUnknown(server.user));
    const name = server.user.value;
    if (!server.users.known) return unknown(`${name}; what it may is not told: ${whyUnknown(server.users)}`, { name });
    const user = server.users.value.find((candidate) => candidate.name === name);
    if (user === undefined) return unknown(`${name}, of whom the server tells nothing`, { name });
    const commands = dangers(user);
    const facts = { name, everything: mayEverything(user), everyKey: everyKey(user), dangerous: commands };
    const may = [
      ...(mayEverything(user) ? ["run every command"] : commands.length > 0 ? [`run ${commands.join(", ")}`] : []),
      ...(everyKey(user) ? ["use every key"] : []),
    ];
    if (may.length === 0) return ok(`${name}, with no more than some keys and commands`, facts);
    return wrong("warning", `${name} may ${may.join(" and ")}`, facts, [
      { in: "shell", text: `sessctl acl operator --namespace ${namespace}` },
      { in: "words", text: "Create that user and connect as it: --url redis://operator@host, or a profile." },
    ]);
  },
};
