import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { listening } from "../server-facts.js";

/** Where the server listens. */
export const bind: ServerCheck = {
  of: "server",
  id: "bind",
  group: "access",
  title: "listens on",
  why: "On every interface it listens on the ones that were forgotten too, and on those that are added later.",
  examine(server) {
    const where = listening(server);
    if (where === undefined) return unknown(whyUnknown(server.config));
    const { addresses, port, tlsPort, beyondThisMachine } = where;
    const facts = { addresses, port, tlsPort };
    if (port === 0 && tlsPort === 0) return ok("no TCP port", facts);
    if (!beyondThisMachine) return ok(`${addresses.join(", ")}: this machine`, facts);
    if (!addresses.some((address) => ["*", "0.0.0.0", "::", "::*"].includes(address))) {
      return ok(addresses.join(", "), facts);
    }
    return wrong("warning", "every interface", facts, [
      { in: "config", text: "bind 127.0.0.1 -::1" },
      { in: "words", text: "Add the address of the network that the applications are in, and no other." },
    ]);
  },
};
