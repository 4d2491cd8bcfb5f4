/** A key by name: `up`, `enter`, `ctrl-c`, or the character that it types. */
export type Key = string;

/** What ink says about a key, as far as it is used. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly meta: boolean;
}

const named: readonly (readonly [keyof InkKey, Key])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageDown", "pagedown"],
  ["pageUp", "pageup"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "escape"],
  ["tab", "tab"],
  // Terminals send DEL for the backspace key, which ink calls delete.
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

/** What ink leaves of an escape sequence that it doesn't know: a mouse's, a paste's, a window's that gets the focus. */
const unknownSequence = /^\[[\d;:<=>?]*[ -/]*[@-~]$/;

/** The keys of one input of ink. Several when keys came faster than they were read, or text was pasted. */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  for (const [property, name] of named) {
    if (key[property]) return [name === "tab" && key.shift ? "shift-tab" : name];
  }
  if (key.ctrl) return [`ctrl-${input}`];
  if (key.meta || unknownSequence.test(input)) return [];
  return Array.from(input, nameOf).filter((name) => name !== undefined);
}

/** The text that a key types; `undefined` when it types none. */
export function typed(key: Key): string | undefined {
  if (key === "space") return " ";
  return Array.from(key).length === 1 && !/\p{C}/u.test(key) ? key : undefined;
}

function nameOf(character: string): Key | undefined {
  if (character === " ") return "space";
  if (character === "\r" || character === "\n") return "enter";
  if (character === "\t") return "tab";
  if (character === "\u007f" || character === "\b") return "backspace";
  if (character === "\u001a") return "ctrl-z";
  return /\p{C}/u.test(character) ? undefined : character;
}
