import headless from "@xterm/headless";

/** A terminal without a window: takes what a program writes and knows what would be seen. */
export interface VirtualScreen {
  write(data: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The lines on the screen, without the blanks at their ends. */
  lines(): readonly string[];
  text(): string;
  readonly inAlternateBuffer: boolean;
  readonly cursorShown: boolean;
  /** Lines that have scrolled out of the normal buffer. */
  readonly scrolledLines: number;
  /** What programs should not do unasked: titles, clipboard, links, bells. */
  readonly mischief: readonly string[];
}

export function virtualScreen(columns: number, rows: number): VirtualScreen {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
  const mischief: string[] = [];
  let cursorShown = true;
  const watchCursor = (shown: boolean) => (parameters: (number | number[])[]) => {
    if (parameters.includes(25)) cursorShown = shown;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: "?", final: "h" }, watchCursor(true));
  terminal.parser.registerCsiHandler({ prefix: "?", final: "l" }, watchCursor(false));
  for (const code of [0, 1, 2, 4, 7, 8, 9, 10, 11, 52, 133, 777, 1337]) {
    terminal.parser.registerOscHandler(code, (data) => {
      mischief.push(`OSC ${code};${data}`);
      return true;
    });
  }
  terminal.onBell(() => mischief.push("bell"));
  const lines = () => {
    const { active } = terminal.buffer;
    return Array.from(
      { length: terminal.rows },
      (_, n) => active.getLine(active.viewportY + n)?.translateToString(true) ?? "",
    );
  };
  return {
    write: (data) =>
      new Promise((resolve) => {
        terminal.write(data, resolve);
      }),
    resize: (toColumns, toRows) => terminal.resize(toColumns, toRows),
    lines,
    text: () => lines().join("\n"),
    get inAlternateBuffer() {
      return terminal.buffer.active.type === "alternate";
    },
    get cursorShown() {
      return cursorShown;
    },
    get scrolledLines() {
      return terminal.buffer.normal.baseY;
    },
    mischief,
  };
}
