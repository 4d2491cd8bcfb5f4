import { ok, type ServerCheck, unknown, whyUnknown, wrong } from "../check.js";
import { listening } from "../server-facts.js";

/** Whether anybody else can talk to the server in the clear. */
export const plainPort: ServerCheck = {
  of: "server",
  id: "plain-port",
  group: "access",
  title: "plain connections",
  why: "One application that connects without TLS shows its password to the network, however the others connect.",
  examine(server) {
    const where = listening(server);
    if (where === undefined) {
      return server.transport === "tcp" && !server.local
        ? wrong("warning", "taken: this is one", { port: null, tlsPort: null }, plainFix(6379))
        : unknown(whyUnknown(server.config));
    }
    const { port, tlsPort, beyondThisMachine } = where;
    const facts = { port, tlsPort };
    if (port === 0) return ok("not taken", facts);
    if (!beyondThisMachine) return ok(`port ${port}, from this machine only`, facts);
    return wrong("warning", `port ${port} takes them from other machines`, facts, plainFix(port));
  },
};

function plainFix(port: number) {
  return [
    { in: "config", text: `tls-port ${port}` },
    { in: "config", text: "port 0" },
    { in: "words", text: "With tls-cert-file, tls-key-file and tls-ca-cert-file; needs a restart." },
  ] as const;
}
