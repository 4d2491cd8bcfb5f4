import chalk from "chalk";
import { type Instance, render } from "ink";
import type { FunctionComponent } from "react";
import type { Key } from "./key-names.js";
import { createPainter, FrameStream } from "./painter.js";
import type { ScreenLook } from "./screen-look.js";
import type { TopState } from "./state.js";
import { themeOf } from "./theme.js";
import { App } from "./views/app.js";
import { Keyboard } from "./views/keyboard.js";
import { StyleContext } from "./views/lines.js";
import { SpokenApp } from "./views/spoken.js";

/** The terminal while `top` has it. */
export interface Screen {
  /** Shows a state, at once or with the next frame. */
  readonly draw: (state: TopState) => void;
  /** Resolves once what was last given to draw is on the terminal. */
  readonly drawn: () => Promise<void>;
  /** Draws everything again: after a resize, or when something else wrote on the terminal. */
  readonly repaint: () => void;
  /** Gives the terminal back until `resume`. */
  readonly suspend: () => void;
  readonly resume: () => void;
  /** Puts a text on the clipboard, where the terminal lets programs do that. */
  readonly copy: (text: string) => void;
  /** Gives the terminal back for good. */
  readonly close: () => void;
}

/** What a screen needs. `view` is what it draws: the application, unless a test has another. */
export interface ScreenOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly look: ScreenLook;
  readonly state: TopState;
  readonly onKey: (key: Key) => void;
  readonly onPaste: (text: string) => void;
  /** Called when a view threw. The terminal is given back already. */
  readonly onError: (error: unknown) => void;
  readonly view?: FunctionComponent<{ readonly state: TopState }>;
}

/** Shortest time between two frames: 15 a second, and a key is answered within one. */
const frameMs = 66;

/** Takes the terminal and shows the first state on it. */
export function openScreen(options: ScreenOptions): Screen {
  const { stdin, stdout, look, onKey, onPaste, onError } = options;
  const View = options.view ?? (look.spoken ? SpokenApp : App);
  const style = { theme: themeOf(look.theme, look.colour), ascii: look.ascii };
  const painter = createPainter(stdout);
  let { state } = options;
  let instance: Instance | undefined;
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let closed = false;
  let waiting: (() => void)[] = [];

  const tree = () => (
    <StyleContext value={style}>
      <View state={state} />
      <Keyboard onKey={onKey} onPaste={onPaste} />
    </StyleContext>
  );
  const unmount = () => {
    clearTimeout(timer);
    timer = undefined;
    painter.leave();
    instance?.unmount();
    instance = undefined;
  };
  const goOn = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const mount = () => {
    // Ink draws with chalk's own instance, which would leave out even bold and inverse for `--no-color`.
    chalk.level = 1;
    painter.enter();
    const frames = new FrameStream(() => state.size, painter.paint);
    instance = render(tree(), {
      stdin,
      // Ink asks of its terminal only what the frame stream has.
      stdout: frames as unknown as NodeJS.WriteStream,
      // Every frame whole and as it comes, also where `CI` is set and ink would draw nothing before its end.
      debug: true,
      isScreenReaderEnabled: look.spoken,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    drawnAt = performance.now();
    goOn();
    instance.waitUntilExit().catch((error: unknown) => {
      closed = true;
      unmount();
      onError(error);
    });
  };
  const flush = () => {
    timer = undefined;
    drawnAt = performance.now();
    instance?.rerender(tree());
    goOn();
  };

  mount();
  return {
    draw(next) {
      state = next;
      if (instance === undefined || timer !== undefined) return;
      const wait = drawnAt + frameMs - performance.now();
      if (wait <= 0) flush();
      else timer = setTimeout(flush, wait);
    },
    drawn: () => (timer === undefined ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    repaint() {
      painter.forget();
      if (instance !== undefined && timer === undefined) flush();
    },
    copy: painter.copy,
    suspend: unmount,
    resume() {
      if (!closed && instance === undefined) mount();
    },
    close() {
      closed = true;
      unmount();
    },
  };
}
