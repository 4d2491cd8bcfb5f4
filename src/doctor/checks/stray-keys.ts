import { type IndexCheck, ok, wrong } from "../check.js";

/** Whether anything else is kept under the namespace. */
export const strayKeys: IndexCheck = {
  of: "indexes",
  id: "stray-keys",
  group: "indexes",
  title: "keys of no use",
  why: "A key where an index belongs keeps sessions out of it; others of no use show that somebody else writes here.",
  examine({ scope, counts, examples }) {
    const facts = { scope, stray: counts.strayKeys, wrongType: counts.wrongTypes, keys: examples.keys };
    if (counts.strayKeys === 0 && counts.wrongTypes === 0) return ok("none", facts);
    const parts = [
      ...(counts.wrongTypes > 0 ? [`${counts.wrongTypes} where an index belongs, of another type`] : []),
      ...(counts.strayKeys > 0 ? [`${counts.strayKeys} that nobody looks for`] : []),
    ];
    const saw = `${parts.join(", ")}, such as ${examples.keys[0] ?? "?"}`;
    return wrong(counts.wrongTypes > 0 ? "failure" : "warning", saw, facts, [
      { in: "redis", text: `TYPE ${quoted(examples.keys[0] ?? "")}` },
      { in: "redis", text: `DEL ${quoted(examples.keys[0] ?? "")}` },
      { in: "shell", text: "sessctl doctor --repair" },
      { in: "words", text: "Find out who wrote it before you delete it, or use another namespace." },
    ]);
  },
};

/** A key as redis-cli takes it. */
function quoted(key: string): string {
  return /^[\w:{}.-]+$/.test(key) ? key : JSON.stringify(key);
}
