import { createHash } from "node:crypto";
import { Html, markup } from "./markup.js";
import { style } from "./style.js";

/**
 * A whole page as one file: no request, no script but this program's own, as a strict content security policy says by
 * their hashes.
 */
export function htmlDocument(title: string, body: Html, script?: string): string {
  const scripts = script === undefined ? "" : `; script-src '${hash(script)}'`;
  const policy = `default-src 'none'; style-src '${hash(style)}'${scripts}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Html.verbatim(style)}</style>
</head>
<body>
<main>
${body}
</main>
${script === undefined ? undefined : markup`<script>${Html.verbatim(script)}</script>`}
</body>
</html>
`.toString();
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
