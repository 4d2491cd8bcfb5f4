import { ok, type ServerCheck, wrong } from "../check.js";

/** Whether others on the network can read along. */
export const encryption: ServerCheck = {
  of: "server",
  id: "encryption",
  group: "access",
  title: "this connection",
  why: "Over a plain connection the password, users' names and the sessions' data can be read on the way, and changed.",
  examine({ transport, local }) {
    const facts = { transport, local };
    if (transport === "tls") return ok("encrypted", facts);
    if (transport === "socket") return ok("a Unix socket: it stays on this machine", facts);
    if (local) return ok("plain, and it stays on this machine", facts);
    return wrong("failure", "plain TCP over the network", facts, [
      { in: "config", text: "tls-port 6379" },
      { in: "config", text: "port 0" },
      { in: "config", text: "tls-cert-file /etc/redis/redis.crt" },
      { in: "config", text: "tls-key-file /etc/redis/redis.key" },
      { in: "config", text: "tls-ca-cert-file /etc/redis/ca.crt" },
      { in: "words", text: "Then connect with rediss:// in the place of redis://." },
    ]);
  },
};
