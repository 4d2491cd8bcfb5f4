import { safe } from "../core/safe-text.js";

/** Markup in which every text from outside was escaped. An object, so that no string can pass for it. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Markup as it stands in a template of this program. */
  static of(strings: TemplateStringsArray, parts: readonly Part[]): Html {
    let text = strings[0] ?? "";
    for (const [n, part] of parts.entries()) text += Html.#written(part) + (strings[n + 1] ?? "");
    return new Html(text);
  }

  static #written(part: Part): string {
    if (part === undefined) return "";
    if (part instanceof Html) return part.#text;
    if (typeof part === "object") return part.map((one) => one.#text).join("");
    return typeof part === "number" ? String(part) : escaped(part);
  }

  /** This program's own style or script: inside their elements HTML knows no escapes, so nothing from outside may be in it. */
  static verbatim(own: string): Html {
    if (/<\/|<!--/.test(own)) throw new TypeError("a style or script must not hold what could end its element");
    return new Html(own);
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: texts are escaped, markup stays, lists are joined, `undefined` is nothing. */
type Part = string | number | undefined | Html | readonly Html[];

/** A template of markup: `markup`<b>${user}</b>``. Everything put in is text unless it is markup already; attributes need their quotes. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return Html.of(strings, parts);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls, bidi and invisible characters are written out as on a terminal, then what HTML takes for its own. */
function escaped(text: string): string {
  return safe(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? "");
}
