import { everyKey, mayEverything } from "../acl.js";
import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { listening } from "../server-facts.js";

/** Whether somebody without a name gets in. */
export const defaultUser: ServerCheck = {
  of: "server",
  id: "default-user",
  group: "access",
  title: "default user",
  why: "Who reaches the port is the default user: with it on and without a password, they can do all that it can.",
  examine(server) {
    if (!server.users.known) return unknown(whyUnknown(server.users));
    const user = server.users.value.find(({ name }) => name === "default");
    if (user === undefined) return unknown("the server has no user of that name");
    const facts = { on: user.on, nopass: user.nopass, everything: mayEverything(user), everyKey: everyKey(user) };
    if (!user.on) return ok("off", facts);
    const can = mayEverything(user) ? "may do everything" : "may do some things";
    if (user.nopass) {
      const inside = listening(server)?.beyondThisMachine === false;
      const who = inside ? "whoever is on this machine" : "whoever reaches the server";
      return wrong(inside ? "warning" : "failure", `on, without a password: ${who} ${can}`, facts, [
        { in: "shell", text: "sessctl acl" },
        { in: "words", text: "Create these users, have everybody use one, then turn the default user off:" },
        { in: "redis", text: "ACL SETUSER default off" },
        { in: "config", text: "user default off" },
      ]);
    }
    if (!mayEverything(user)) return ok("on, with a password and some rights", facts);
    return wrong("warning", "on, with one password for everybody, and may do everything", facts, [
      { in: "shell", text: "sessctl acl" },
      { in: "redis", text: "ACL SETUSER default off" },
      { in: "words", text: "First create these users and have everybody use one." },
    ]);
  },
};
