/** A line of help: what to type or what there is, and what that does or means. */
export type HelpRow = readonly [term: string, about: string];

/** Lines of help under one heading. */
export interface HelpSection {
  readonly title: string;
  readonly rows: readonly HelpRow[];
}

/** What is to be said about the program, a command or a topic, whether on a terminal or in docs/cli.md. */
export interface HelpPage {
  /** What to type, beside what that does; first of all, since that is what is looked for. */
  readonly examples: readonly HelpRow[];
  readonly usage?: string;
  readonly description: string;
  readonly sections: readonly HelpSection[];
}
