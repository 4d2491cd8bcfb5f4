import { ok, type ServerCheck, unknown, whyUnknown } from "../check.js";
import { parameter } from "../server-facts.js";

/** Whether the server tells of every key that changes, which sessctl does not need. */
export const keyspaceEvents: ServerCheck = {
  of: "server",
  id: "keyspace-events",
  group: "server",
  title: "keyspace notifications",
  why: "They cost time with every write; sessctl does not need them, Spring Session does.",
  examine(server) {
    const events = parameter(server, "notify-keyspace-events");
    if (events === undefined) return unknown(whyUnknown(server.config));
    const facts = { notifyKeyspaceEvents: events };
    return ok(events === "" ? "off; they are not needed" : `on (${events}); sessctl does not need them`, facts);
  },
};
