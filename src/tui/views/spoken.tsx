import { Box, Text } from "ink";
import type { ReactElement } from "react";
import { spoken } from "../content/spoken.js";
import { wrap } from "../spans.js";
import type { TopState } from "../state.js";

/** The screen for a screen reader: sentences from top to bottom, with their roles, and no drawing. */
export function SpokenApp({ state }: { readonly state: TopState }): ReactElement {
  const { status, selected, more, keys } = spoken(state);
  // What ink says of a role stands on the first line too.
  const width = state.size.columns - 22;
  const wrapped = (text: string) =>
    text
      .split("\n")
      .flatMap((line) => wrap(line, width))
      .join("\n");
  return (
    <Box flexDirection="column" width={state.size.columns}>
      {status.map((text) => (
        <Text key={text}>{wrapped(text)}</Text>
      ))}
      <Box aria-role="listitem" aria-state={{ selected: true }} flexDirection="column">
        <Text>{wrapped(selected)}</Text>
      </Box>
      {more.map((text) => (
        <Text key={text}>{wrapped(text)}</Text>
      ))}
      <Box aria-role="toolbar">
        <Text>{wrapped(keys)}</Text>
      </Box>
    </Box>
  );
}
