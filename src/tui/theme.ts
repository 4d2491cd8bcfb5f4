/** What a piece of text means; the theme says how that looks. */
export type Tone =
  | "plain"
  | "faint"
  | "value"
  | "id"
  | "title"
  | "label"
  | "number"
  | "graph"
  | "head"
  | "head-sort"
  | "cursor"
  | "mark"
  | "good"
  | "warning"
  | "danger"
  | "badge"
  | "banner-good"
  | "banner-warning"
  | "banner-danger"
  | "key"
  | "word"
  | "frame"
  | "field"
  | "button"
  | "button-focus";

/** A look, as ink's `Text` takes it. */
export interface Look {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

/** How every tone looks. */
export type Theme = Readonly<Record<Tone, Look>>;

/** The 16 colours of every terminal, which follow the user's own choice of them. */
const colourTheme: Theme = {
  plain: {},
  faint: { dimColor: true },
  value: { bold: true },
  id: { color: "cyan" },
  title: { color: "cyan", bold: true },
  label: { dimColor: true },
  number: { bold: true },
  graph: { color: "green" },
  head: { color: "black", backgroundColor: "green" },
  "head-sort": { color: "black", backgroundColor: "cyan", bold: true },
  cursor: { color: "black", backgroundColor: "cyan" },
  mark: { color: "yellow", bold: true },
  good: { color: "green" },
  warning: { color: "yellow" },
  danger: { color: "red", bold: true },
  badge: { color: "black", backgroundColor: "yellow", bold: true },
  "banner-good": { color: "black", backgroundColor: "green" },
  "banner-warning": { color: "black", backgroundColor: "yellow" },
  "banner-danger": { color: "white", backgroundColor: "red", bold: true },
  key: { bold: true },
  word: { color: "black", backgroundColor: "cyan" },
  frame: { color: "cyan" },
  field: { underline: true, bold: true },
  button: { dimColor: true },
  "button-focus": { color: "black", backgroundColor: "cyan", bold: true },
};

/** Nothing dim, and the brightest against black: for bad screens, bad light and bad eyes. */
const highContrastTheme: Theme = {
  ...mapLooks(colourTheme, (look) => ({ ...look, dimColor: false })),
  value: { color: "whiteBright", bold: true },
  id: { color: "whiteBright" },
  title: { color: "whiteBright", bold: true, underline: true },
  graph: { color: "whiteBright" },
  head: { color: "black", backgroundColor: "white", bold: true },
  "head-sort": { color: "black", backgroundColor: "whiteBright", bold: true, underline: true },
  cursor: { color: "black", backgroundColor: "yellowBright", bold: true },
  mark: { color: "yellowBright", bold: true },
  good: { color: "greenBright", bold: true },
  warning: { color: "yellowBright", bold: true },
  danger: { color: "redBright", bold: true, underline: true },
  badge: { color: "black", backgroundColor: "yellowBright", bold: true },
  "banner-good": { color: "black", backgroundColor: "greenBright", bold: true },
  "banner-warning": { color: "black", backgroundColor: "yellowBright", bold: true },
  "banner-danger": { color: "whiteBright", backgroundColor: "red", bold: true },
  word: { color: "black", backgroundColor: "white" },
  frame: { color: "whiteBright", bold: true },
  button: { color: "whiteBright" },
  "button-focus": { color: "black", backgroundColor: "yellowBright", bold: true },
};

/** The themes with colours. To add one, add it here. */
const themes = { default: colourTheme, "high-contrast": highContrastTheme } as const;

/** The name of a theme. */
export type ThemeName = keyof typeof themes;

/** A theme by its name; without colours there is one. */
export function themeOf(name: ThemeName, colour: boolean): Theme {
  return colour ? themes[name] : plainTheme;
}

/** Without colours: bold, dim and inverse alone. */
export const plainTheme: Theme = {
  ...mapLooks(colourTheme, ({ bold, dimColor, underline }) => ({
    ...(bold && { bold }),
    ...(dimColor && { dimColor }),
    ...(underline && { underline }),
  })),
  head: { inverse: true },
  "head-sort": { inverse: true, bold: true, underline: true },
  cursor: { inverse: true },
  badge: { inverse: true, bold: true },
  "banner-good": { inverse: true },
  "banner-warning": { inverse: true },
  "banner-danger": { inverse: true, bold: true },
  word: { dimColor: true },
  "button-focus": { inverse: true, bold: true },
};

function mapLooks(theme: Theme, change: (look: Look) => Look): Theme {
  return Object.fromEntries(Object.entries(theme).map(([tone, look]) => [tone, change(look)])) as Theme;
}
