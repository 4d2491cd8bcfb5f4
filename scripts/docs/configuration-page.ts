import { readFileSync } from "node:fs";
import { settings } from "../../src/cli/settings/index.js";
import type { Setting } from "../../src/cli/settings/setting.js";

const [begin, end] = ["<!-- settings -->", "<!-- end of settings -->"];

/** `docs/configuration.md`, its table of the settings made anew. */
export function configurationPage(): Promise<string> {
  const page = readFileSync("docs/configuration.md", "utf8").trimEnd();
  const [before, rest = ""] = page.split(begin);
  const after = rest.split(end)[1] ?? "";
  return Promise.resolve(`${before}${begin}\n\n${table().join("\n")}\n\n${end}${after}`);
}

function table(): readonly string[] {
  const rows = Object.values<Setting<unknown>>(settings).map(({ flags, env, file, about, form, fallbackText }) => [
    file === undefined ? "" : code(file.key),
    file === undefined ? "" : file.in.join(", "),
    flags === undefined ? "" : code(flags),
    env === undefined ? "" : code(env),
    about,
    fallbackText === undefined ? "" : code(fallbackText),
    file === undefined ? "" : forms[form],
  ]);
  return [
    "| key | in | option | variable | what | default | written as |",
    "|---|---|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`),
  ];
}

const code = (text: string) => `\`${text}\``;

const forms: Readonly<Record<Setting<unknown>["form"], string>> = {
  text: "string",
  switch: "`true` or `false`",
  number: "number",
  list: "list of strings",
};
