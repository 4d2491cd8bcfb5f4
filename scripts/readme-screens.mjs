// Makes the screens in README.md anew: the real program, on a real Redis with the demo's population, in a terminal of a
// known size. `npm run pictures`; takes about half a minute.
import { readFileSync, writeFileSync } from "node:fs";
import pty from "@lydell/node-pty";
import xterm from "@xterm/headless";

const screens = [
  { name: "top", args: [], columns: 112, rows: 24, shows: /▲net/, press: "q" },
  { name: "audit", args: ["--", "audit", "--anomalies", "--severity", "medium"], columns: 112, rows: 200, lines: 24 },
];

let readme = readFileSync("README.md", "utf8");
for (const screen of screens) {
  const text = await capture(screen);
  const block = `<!-- screen: ${screen.name} -->\n\n\`\`\`text\n${text}\n\`\`\`\n\n<!-- end -->`;
  const place = new RegExp(`<!-- screen: ${screen.name} -->.*?<!-- end -->`, "s");
  if (!place.test(readme)) throw new Error(`README.md has no place for the screen ${screen.name}`);
  readme = readme.replace(place, () => block);
}
writeFileSync("README.md", readme);

/** Runs the demo in a terminal and reads its screen: when what it is to show is there, or at its end. */
async function capture({ args, columns, rows, shows, press, lines }) {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = pty.spawn(process.execPath, ["bin/sessctl.js", "demo", ...args], {
    cols: columns,
    rows,
    // Some tools set CI, under which ink draws nothing but its last frame.
    env: { ...process.env, CI: "false", NO_COLOR: "1", TERM: "xterm-256color", SESSCTL_URL: "" },
  });
  const ended = new Promise((resolve) => child.onExit(resolve));
  let text = "";
  const shown = new Promise((resolve) => {
    child.onData((data) =>
      terminal.write(data, () => {
        if (shows === undefined || !shows.test(screenOf(terminal))) return;
        text = screenOf(terminal);
        resolve();
      }),
    );
  });
  await Promise.race([shown, ended]);
  if (press !== undefined) child.write(press);
  await ended;
  if (shows === undefined) text = screenOf(terminal);
  const all = text.split("\n").filter((line) => !line.startsWith("demo: "));
  const kept = all.slice(0, lines);
  return [...kept, ...(all.length > kept.length ? ["…"] : [])].join("\n").trim();
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
