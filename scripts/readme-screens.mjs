// Makes the screens in README.md anew, and pictures of them in docs/pictures: the real program, on a real Redis with the
// demo's population, in a terminal of a known size. `npm run pictures`; takes about a minute. README.md has a screen where
// it has the comments `<!-- screen: NAME -->` and `<!-- end -->`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import pty from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { svgOf } from "./terminal-svg.mjs";

/** What is typed at each step, and what is seen when it is time for the next. */
const top = { columns: 112, rows: 24, end: "q" };
const screens = [
  { ...top, name: "top", args: [], steps: [{ seen: /▲net.*op\/s|op\/s[^]*▲net/ }] },
  { ...top, name: "findings", args: [], steps: [{ seen: /op\/s/, type: "a" }, { seen: /▸ (CRITICAL|HIGH)/ }] },
  {
    ...top,
    name: "revoke",
    args: [],
    steps: [
      { seen: /op\/s/, type: "a" },
      { seen: /▸ (CRITICAL|HIGH)/, type: "\r" },
      { seen: /● 1 marked/, type: "x" },
      { seen: /\[ Revoke \]/ },
    ],
  },
  { name: "audit", args: ["--", "audit", "--anomalies", "--severity", "medium"], columns: 112, rows: 200, lines: 24 },
];

mkdirSync("docs/pictures", { recursive: true });
let readme = readFileSync("README.md", "utf8");
for (const screen of screens) {
  const { text, svg } = await capture(screen);
  if (screen.steps !== undefined) writeFileSync(`docs/pictures/${screen.name}.svg`, svg);
  const block = `<!-- screen: ${screen.name} -->\n\n\`\`\`text\n${text}\n\`\`\`\n\n<!-- end -->`;
  const place = new RegExp(`<!-- screen: ${screen.name} -->.*?<!-- end -->`, "s");
  if (!place.test(readme)) process.stderr.write(`pictures: README.md has no place for the screen ${screen.name}\n`);
  readme = readme.replace(place, () => block);
}
writeFileSync("README.md", readme);

/** Runs the demo in a terminal and reads its screen: when what it is to show is there, or at its end. */
async function capture({ args, columns, rows, steps = [], end, lines }) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const { NO_COLOR: _, ...env } = process.env;
  const child = pty.spawn(process.execPath, ["bin/sessctl.js", "demo", ...args], {
    cols: columns,
    rows,
    // Some tools set CI, under which ink draws nothing but its last frame.
    env: { ...env, CI: "false", TERM: "xterm-256color", SESSCTL_URL: "" },
  });
  const ended = new Promise((resolve) => child.onExit(resolve));
  const waiting = [...steps];
  let shown = { text: "", svg: "" };
  await Promise.race([
    ended,
    new Promise((resolve) => {
      child.onData((data) =>
        terminal.write(data, () => {
          const text = screenOf(terminal);
          // A frame is written from top to bottom: it is whole when the line of keys is there.
          if (waiting[0] === undefined || !waiting[0].seen.test(text) || !/(quit|cancel) *$/.test(text)) return;
          const { type } = waiting.shift();
          if (type !== undefined) child.write(type);
          if (waiting.length > 0) return;
          shown = { text, svg: svgOf(terminal) };
          resolve();
        }),
      );
    }),
  ]);
  if (end !== undefined) child.write("\u0003");
  await ended;
  if (steps.length === 0) shown = { text: screenOf(terminal), svg: "" };
  const all = shown.text.split("\n").filter((line) => !line.startsWith("demo: "));
  const kept = all.slice(0, lines);
  return { ...shown, text: [...kept, ...(all.length > kept.length ? ["…"] : [])].join("\n").trim() };
}

function screenOf(terminal) {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, n) => active.getLine(n)?.translateToString(true) ?? "");
  // The socket's name is another at every run.
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replaceAll(/redis\+unix:\/\/\S+/g, "redis+unix:///tmp/demo/redis.sock")
    .trimEnd();
}
