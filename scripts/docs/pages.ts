import { cliPage } from "./cli-page.js";
import { configurationPage } from "./configuration-page.js";
import { outputPage } from "./output-page.js";
import { topPage } from "./top-page.js";
import { rulesPage } from "./rules-page.js";

/** The documents that are made from the program, by their files. To add one, write what makes it and add its line. */
export const pages: Readonly<Record<string, () => Promise<string>>> = {
  "docs/cli.md": cliPage,
  "docs/configuration.md": configurationPage,
  "docs/output.md": outputPage,
  "docs/top.md": topPage,
  "docs/rules.md": rulesPage,
};
