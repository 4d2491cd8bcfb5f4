import { abroad, agents, home, hour, now, seenWith } from "../population.js";
import type { RuleCases } from "./cases.js";

const { chromeWindows, curl } = agents;
const known = { ...seenWith({ ip: home, userAgent: chromeWindows }), id: "f".repeat(32) };

export const badUserAgentCases: RuleCases = {
  rule: "bad-user-agent",
  fires: [
    {
      when: "it is missing, where others have one",
      sessions: [known, seenWith({ ip: abroad })],
      severity: "low",
      finding: { ip: abroad, evidence: { problems: ["missing"], bytes: 0, client: { userAgent: null, client: "?" } } },
    },
    { when: "it is empty", sessions: [seenWith({ ip: home, userAgent: "" })], severity: "low" },
    {
      when: "it is longer than 512 bytes",
      sessions: [seenWith({ ip: home, userAgent: `${chromeWindows} ${"x".repeat(512)}` })],
      severity: "low",
      finding: { evidence: { problems: ["long"] } },
    },
    {
      when: "its bytes are more than its characters",
      sessions: [seenWith({ ip: home, userAgent: "é".repeat(257) })],
      severity: "low",
      finding: { evidence: { problems: ["long"], bytes: 514 } },
    },
    {
      when: "it has an escape sequence",
      sessions: [seenWith({ ip: home, userAgent: `${chromeWindows}\u001b]0;x\u0007` })],
      severity: "low",
      finding: { evidence: { problems: ["control"] } },
    },
    { when: "it has C1 controls", sessions: [seenWith({ ip: home, userAgent: "x\u009b2J" })], severity: "low" },
    {
      when: "it turns the direction of text",
      sessions: [seenWith({ ip: home, userAgent: "x\u202ey" })],
      severity: "low",
    },
    { when: "it breaks lines", sessions: [seenWith({ ip: home, userAgent: "x\u2028y" })], severity: "low" },
    {
      when: "only a later one is bad",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows }, { ip: home, userAgent: "\0" })],
      severity: "low",
      finding: { firstSeenAt: now - 7 * hour },
    },
    {
      when: "several are bad in several ways: one finding",
      sessions: [seenWith({ ip: home, userAgent: "" }, { ip: home, userAgent: `\0${"x".repeat(600)}` })],
      severity: "low",
      finding: { evidence: { problems: ["missing", "long", "control"] } },
    },
    {
      when: "it is longer than what is configured",
      sessions: [seenWith({ ip: home, userAgent: chromeWindows })],
      thresholds: { "bad-user-agent": { maxBytes: 64 } },
      severity: "low",
    },
  ],
  quiet: [
    { when: "it is a browser's", sessions: [known] },
    { when: "it is a tool's", sessions: [seenWith({ ip: home, userAgent: curl })] },
    { when: "it has 512 bytes", sessions: [seenWith({ ip: home, userAgent: chromeWindows.padEnd(512, "x") })] },
    { when: "nothing is known of the client", sessions: [known, seenWith({})] },
    { when: "it is missing everywhere", sessions: [seenWith({ ip: home }), seenWith({ ip: abroad })] },
  ],
};
