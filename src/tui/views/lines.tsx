import { Box, Text } from "ink";
import { createContext, memo, type ReactElement, useContext } from "react";
import type { Line } from "../spans.js";
import { toAscii } from "../glyphs.js";
import { plainTheme, type Theme } from "../theme.js";

/** How everything is drawn. */
export interface Style {
  readonly theme: Theme;
  /** Whether there are no signs but those of ASCII. */
  readonly ascii: boolean;
}

/** The style that everything is drawn in. */
export const StyleContext = createContext<Style>({ theme: plainTheme, ascii: false });

/** Lines below each other, `height` of them: missing ones are blank, more are left out. */
export function Lines({ lines, height }: { readonly lines: readonly Line[]; readonly height: number }): ReactElement {
  const drawn = Array.from({ length: height }, (_, n) => lines[n] ?? []);
  return (
    <Box flexDirection="column" height={height} flexShrink={0}>
      {drawn.map((line, n) => (
        // A line is its place on the screen: there is no other identity.
        // oxlint-disable-next-line react/no-array-index-key
        <DrawnLine key={n} line={line} />
      ))}
    </Box>
  );
}

/** A line that has not changed is not drawn again. */
const DrawnLine = memo(
  function DrawnLine({ line }: { readonly line: Line }): ReactElement {
    const { theme, ascii } = useContext(StyleContext);
    return (
      <Text wrap="truncate">
        {line.length === 0
          ? " "
          : line.map(({ text, tone }, n) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Text key={n} {...theme[tone]}>
                {ascii ? toAscii(text) : text}
              </Text>
            ))}
      </Text>
    );
  },
  (before, after) => sameLine(before.line, after.line),
);

function sameLine(a: Line, b: Line): boolean {
  return a.length === b.length && a.every(({ text, tone }, n) => text === b[n]?.text && tone === b[n]?.tone);
}
