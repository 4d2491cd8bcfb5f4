import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { listening, parameter } from "../server-facts.js";

/** Whether a server without a password refuses other machines. */
export const protectedMode: ServerCheck = {
  of: "server",
  id: "protected-mode",
  group: "access",
  title: "protected mode",
  why: "It keeps other machines out of a server whose default user has no password: the last line when all else fails.",
  examine(server) {
    const mode = parameter(server, "protected-mode");
    if (mode === undefined) return unknown(whyUnknown(server.config));
    const open =
      server.users.known && server.users.value.some(({ name, on, nopass }) => name === "default" && on && nopass);
    const reachable = listening(server)?.beyondThisMachine ?? true;
    const facts = { protectedMode: mode === "yes" };
    if (mode === "yes") return ok("on", facts);
    if (!reachable) return ok("off, and only this machine can connect", facts);
    const fix = [
      { in: "redis", text: "CONFIG SET protected-mode yes" },
      { in: "config", text: "protected-mode yes" },
    ] as const;
    if (open) return wrong("failure", "off, with a default user without a password", facts, fix);
    if (server.users.known) return ok("off; it would only matter to a default user without a password", facts);
    return wrong("warning", "off", facts, fix);
  },
};
