import fc from "fast-check";
import { expect, test } from "vitest";
import { markdownText } from "../../src/html/markdown-text.js";
import { Html, markup } from "../../src/html/markup.js";

test("escapes what is put in, and leaves what is markup already", () => {
  const inner = markup`<b>${"<i> & \"'"}</b>`;
  expect(markup`<p title="${'"'}">${inner}${undefined}${3}${[inner, inner]}</p>`.toString()).toBe(
    `<p title="&quot;">${inner.toString()}3${inner.toString()}${inner.toString()}</p>`,
  );
  expect(inner.toString()).toBe("<b>&lt;i&gt; &amp; &quot;&#39;</b>");
});

test("no text becomes an element, an attribute or an entity", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(markup`${text}`.toString()).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
    }),
  );
});

test("own script that could end its element is a mistake", () => {
  expect(() => Html.verbatim("a </script> b")).toThrow(TypeError);
});

test.each([
  ["a|b", "a\\|b"],
  ["[x](javascript:1)", "\\[x\\](javascript:1)"],
  ["<img>", "\\<img\\>"],
  ["https://evil.invalid", "https\\://evil.invalid"],
  ["www.evil.invalid", "www\\.evil.invalid"],
  ["@team `x` *y* _z_ #1", "\\@team \\`x\\` \\*y\\* \\_z\\_ \\#1"],
  ["a\nb", "a\\\\nb"],
  ["user-1", "user-1"],
])("Markdown shows %j as it is", (text, written) => {
  expect(markdownText(text)).toBe(written);
});
