import { render } from "ink-testing-library";
import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { safe } from "../../src/core/safe-text.js";
import { helpLines } from "../../src/tui/content/help.js";
import { typed } from "../../src/tui/key-names.js";
import type { Context } from "../../src/tui/binding.js";
import { bindings, footerKeys, labelOf } from "../../src/tui/keys.js";
import { Keyboard } from "../../src/tui/views/keyboard.js";
import { frame, press, showing, sizes } from "./driving.js";

const contexts = [...new Set(bindings.flatMap(({ where }) => where))];

describe("key table", () => {
  test("no key has two meanings in one place", () => {
    const meanings = bindings.flatMap(({ keys, where }) => where.flatMap((at) => keys.map((key) => `${at} ${key}`)));
    expect(meanings.length).toBeGreaterThan(50);
    expect(meanings.filter((meaning, n) => meanings.indexOf(meaning) !== n)).toEqual([]);
  });

  test("every place can be left, by Escape or by quitting", () => {
    const left = contexts.filter((context) =>
      bindings.some(({ where, action }) => where.includes(context) && ["back", "quit", "drop-filter"].includes(action)),
    );
    expect(left).toEqual(contexts);
  });

  test("where text is typed, no printable key is a command", () => {
    const commands = bindings.filter(({ where }) => where.includes("filter")).flatMap(({ keys }) => keys);
    expect(commands.filter((key) => typed(key) !== undefined)).toEqual([]);
  });

  test("the help lists every key of the pages", () => {
    const help = helpLines({ kind: "protected", profile: safe("prod") })
      .map((line) => line.map(({ text }) => text).join(""))
      .join("\n");
    const listed = bindings.filter(({ group }) => group !== undefined);
    expect(listed.length).toBeGreaterThan(15);
    for (const binding of listed) expect(help).toContain(`${labelOf(binding)} `);
    for (const binding of listed) expect(help).toContain(binding.does);
  });

  test("a read-only screen offers no change", () => {
    const words = (kind: "open" | "read-only") => footerKeys("sessions", { kind }).map(({ word }) => word);
    expect(words("open")).toContain("revoke");
    expect(words("read-only")).not.toContain("revoke");
    expect(
      helpLines({ kind: "read-only" })
        .flat()
        .map(({ text }) => text),
    ).not.toContain("Change");
  });

  test("the footer says how to quit at every size", () => {
    for (const size of sizes) expect(frame(showing(undefined, { size }))).toContain(" q quit");
    const dialog: Context = "dialog";
    expect(footerKeys(dialog, { kind: "open" }).map(({ key }) => key)).toContain("Esc");
  });

  test("the help is on the screen after ?", () => {
    expect(frame(press(showing(), "?"))).toContain("┌─ Keys");
  });
});

describe("keyboard", () => {
  test("pasted text is text, also when it looks like keys; Ctrl-C gets through", async () => {
    const seen: string[] = [];
    const onKey = (key: string) => seen.push(key);
    const onPaste = (text: string) => seen.push(`pasted ${text}`);
    const { stdin, unmount } = render(createElement(Keyboard, { onKey, onPaste }));
    await new Promise(setImmediate);
    stdin.write("\u001b[200~x\t");
    stdin.write("\rq\u001b[201~j");
    stdin.write("\u001b[200~never ending");
    stdin.write("\u0003");
    stdin.write("q");
    unmount();
    expect(seen).toEqual(["pasted x\t\rq", "j", "ctrl-c", "q"]);
  });

  const named: readonly (readonly [bytes: string, keys: readonly string[]])[] = [
    ["q", ["q"]],
    ["jjx", ["j", "j", "x"]],
    [" ", ["space"]],
    ["\r", ["enter"]],
    ["\u001b", ["escape"]],
    ["\u001b[A", ["up"]],
    ["\u001bOB", ["down"]],
    ["\u001b[5~", ["pageup"]],
    ["\u001b[H", ["home"]],
    ["\u001b[F", ["end"]],
    ["\t", ["tab"]],
    ["\u001b[Z", ["shift-tab"]],
    ["\u007f", ["backspace"]],
    ["\u0003", ["ctrl-c"]],
    ["\u001a", ["ctrl-z"]],
    ["\u000c", ["ctrl-l"]],
    ["日é", ["日", "é"]],
    ["\u001b[200~", []],
    ["\u001b[I", []],
    ["\u001b[<0;10;10M", []],
    ["\u001bx", []],
  ];
  for (const [bytes, keys] of named) {
    test(`${JSON.stringify(bytes)} is ${keys.join(", ") || "no key"}`, async () => {
      const pressed: string[] = [];
      const { stdin, unmount } = render(
        createElement(Keyboard, { onKey: (key) => pressed.push(key), onPaste: () => undefined }),
      );
      await new Promise(setImmediate);
      stdin.write(bytes);
      // A lone Escape could be the beginning of a longer sequence, so it is known a turn later.
      await new Promise(setImmediate);
      await new Promise(setImmediate);
      unmount();
      expect(pressed).toEqual(keys);
    });
  }
});
