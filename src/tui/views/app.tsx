import { Box } from "ink";
import type { ReactElement } from "react";
import { footerLine } from "../content/footer.js";
import { headerLines } from "../content/header.js";
import { messageLine } from "../content/message.js";
import { overlayLines } from "../content/overlay.js";
import { pageLines } from "../content/page.js";
import { drawnRows, headerRows, pageRows, smallest, tooSmall } from "../layout.js";
import { lineWidth, span } from "../spans.js";
import type { TopState } from "../state.js";
import { Lines } from "./lines.js";

/** The whole screen: header, page, message and footer, and what lies over the page. */
export function App({ state }: { readonly state: TopState }): ReactElement {
  const { size } = state;
  if (tooSmall(size)) return <TooSmall state={state} />;
  return (
    <Box flexDirection="column" width={size.columns} height={drawnRows(size)}>
      <Lines lines={headerLines(state)} height={headerRows(size)} />
      <Lines lines={pageLines(state)} height={pageRows(size)} />
      <Lines lines={[messageLine(state), footerLine(state)]} height={2} />
      <Overlay state={state} />
    </Box>
  );
}

function Overlay({ state }: { readonly state: TopState }): ReactElement | null {
  const lines = overlayLines(state);
  const [first] = lines;
  if (first === undefined) return null;
  const { size } = state;
  const left = Math.max(0, Math.floor((size.columns - lineWidth(first)) / 2));
  const top = headerRows(size) + Math.max(0, Math.floor((pageRows(size) - lines.length) / 2));
  return (
    <Box position="absolute" marginLeft={left} marginTop={top}>
      <Lines lines={lines} height={lines.length} />
    </Box>
  );
}

function TooSmall({ state: { size } }: { readonly state: TopState }): ReactElement {
  const lines = [
    [span("Too small.", "warning")],
    [span(`${size.columns}×${size.rows}, needs ${smallest.columns}×${smallest.rows}.`)],
    [span("q quits", "faint")],
  ];
  return (
    <Box width={size.columns} height={drawnRows(size)}>
      <Lines lines={lines} height={Math.min(lines.length, drawnRows(size))} />
    </Box>
  );
}
