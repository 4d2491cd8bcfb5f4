import { useInput } from "ink";
import { useRef } from "react";
import { type Key, keysOf } from "../key-names.js";

/** What ink leaves of the marks that a terminal puts around pasted text. */
const pasteBegins = "[200~";
const pasteEnds = "[201~";

/** Takes the keyboard and draws nothing. Pasted text comes as text, whatever keys it looks like. */
export function Keyboard(props: {
  readonly onKey: (key: Key) => void;
  readonly onPaste: (text: string) => void;
}): null {
  const pasted = useRef<string | undefined>(undefined);
  useInput((input, key) => {
    const interrupts = key.ctrl && input === "c";
    if (input === pasteBegins || interrupts) pasted.current = interrupts ? undefined : "";
    else if (input === pasteEnds) {
      props.onPaste(pasted.current ?? "");
      pasted.current = undefined;
    } else if (pasted.current !== undefined) pasted.current += input;
    if (pasted.current !== undefined || input === pasteEnds) return;
    for (const name of keysOf(input, key)) props.onKey(name);
  });
  return null;
}
