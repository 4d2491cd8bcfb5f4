/** The report's look: light and dark, narrow and wide, and on paper. */
export const style = `
:root { color-scheme: light dark;
  --page: #fbfbfa; --card: #fff; --ink: #1c1d21; --soft: #5d6270; --line: #e2e3e7; --link: #2456a6;
  --critical: #8f1038; --high: #b3261e; --medium: #9a5b00; --low: #2a5c8a; --info: #5d6270; --good: #1f6b3a; }
@media (prefers-color-scheme: dark) { :root {
  --page: #16171b; --card: #1e2026; --ink: #e8e9ed; --soft: #a2a7b5; --line: #33363f; --link: #8db8ff;
  --critical: #ff7fa3; --high: #ff8a80; --medium: #f2b35b; --low: #86bdf0; --info: #a2a7b5; --good: #7fd19b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; letter-spacing: -.01em; }
h2 { font-size: 18px; margin: 40px 0 12px; }
p { margin: 0 0 8px; }
.soft { color: var(--soft); }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin: 24px 0 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 110px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
#policy-counts { margin: 0 0 12px; }
.tiles b { display: block; font-size: 26px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.good { color: var(--good); }
.none { color: var(--soft); opacity: .7; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 7px 12px; border-bottom: 1px solid var(--line); }
tbody:last-child tr:last-child td { border-bottom: 0; }
th { font-weight: 600; font-size: 13px; color: var(--soft); white-space: nowrap; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, .mono { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 20px; }
.pair h2 { margin-bottom: 12px; }
svg { display: block; width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
svg .axis { stroke: var(--line); }
svg .critical { fill: var(--critical); } svg .high { fill: var(--high); } svg .medium { fill: var(--medium); }
svg .low { fill: var(--low); } svg .info { fill: var(--info); }
form { display: none; flex-wrap: wrap; gap: 10px; align-items: center; margin: 0 0 12px; }
.scripted form { display: flex; }
input, select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 5px 9px; }
input[type=search] { flex: 1 1 220px; min-width: 0; }
th button { border: 0; padding: 0; background: none; font-weight: 600; color: inherit; cursor: pointer; }
th button:hover { color: var(--link); }
th[aria-sort=ascending] button::after { content: " \\2191"; } th[aria-sort=descending] button::after { content: " \\2193"; }
#findings tbody { content-visibility: auto; contain-intrinsic-size: auto 120px; }
#findings tbody tr:first-child td { border-bottom: 0; padding-top: 12px; }
#findings tbody tr + tr td { padding-top: 0; padding-bottom: 12px; }
.word { font-weight: 700; font-size: 13px; }
.nb { white-space: nowrap; }
#findings tr:first-child .mono { min-width: 15ch; } #findings .ids { min-width: 10ch; }
.commands { margin: 6px 0 0; padding: 0; list-style: none; }
.commands code { display: inline-block; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 1px 7px; margin: 2px 0; user-select: all; }
details { margin-top: 6px; } summary { cursor: pointer; color: var(--soft); font-size: 13px; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--page); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
[hidden] { display: none; }
@media (max-width: 600px) { main { padding: 20px 12px 40px; } th, td { padding: 6px 8px; }
  #policy tr, #policy td { display: block; border: 0; padding: 1px 8px; } #policy td.nb { display: inline-block; }
  #policy tr { padding: 8px 0; border-bottom: 1px solid var(--line); } #policy tr:last-child { border: 0; }
  #policy thead, .wide, #policy td.wide { display: none; } }
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
    --critical: #8f1038; --high: #b3261e; --medium: #7a4700; --low: #1d4468; --info: #444; --good: #144d28; }
  body { font-size: 12px; } code, .mono, pre { font-size: 10px; } th, td { padding: 5px; } th, .word { font-size: 11px; }
  h1 { font-size: 20px; } h2 { font-size: 15px; margin: 24px 0 8px; }
  main { max-width: none; padding: 0; } .scripted form, details { display: none; }
  th button { display: contents; } .pair section { break-inside: avoid; }
  #findings tbody { content-visibility: visible; break-inside: avoid; } tr { break-inside: avoid; } h2 { break-after: avoid; } .scroll { overflow: visible; }
}
`;
