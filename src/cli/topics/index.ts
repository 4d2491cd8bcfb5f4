import type { HelpPage } from "../help/page.js";

/** A topic's line in the registry: what the program's help says, and where the rest is. */
interface TopicEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<HelpPage>;
}

/** Every topic of `sessctl help`. To add one, write its file, from the tables that the program uses, and add its line. */
export const topics: readonly TopicEntry[] = [
  {
    name: "environment",
    summary: "variables that sessctl reads",
    load: async () => (await import("./environment.js")).environmentTopic,
  },
  {
    name: "filters",
    summary: "the language of --where: its fields, functions, and examples",
    load: async () => (await import("./filters.js")).filtersTopic,
  },
  {
    name: "formats",
    summary: "the values of --output",
    load: async () => (await import("./formats.js")).formatsTopic,
  },
  {
    name: "exit-codes",
    summary: "what the exit code says",
    load: async () => (await import("./exit-codes.js")).exitCodesTopic,
  },
  {
    name: "layouts",
    summary: "how frameworks keep sessions, and what of it can be told and done",
    load: async () => (await import("./layouts.js")).layoutsTopic,
  },
];
