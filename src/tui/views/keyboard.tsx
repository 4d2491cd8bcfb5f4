import { useInput } from "ink";
import { type Key, keysOf } from "../key-names.js";

/** Takes the keyboard and draws nothing. */
export function Keyboard({ onKey }: { readonly onKey: (key: Key) => void }): null {
  useInput((input, key) => {
    for (const name of keysOf(input, key)) onKey(name);
  });
  return null;
}
