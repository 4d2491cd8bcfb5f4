import type { ThemeName } from "./theme.js";

/** How a screen looks. */
export interface ScreenLook {
  /** Whether colours may be used. */
  readonly colour: boolean;
  readonly theme: ThemeName;
  /** Whether there are no signs but those of ASCII. */
  readonly ascii: boolean;
  /** Whether it is for a screen reader: sentences instead of tables. */
  readonly spoken: boolean;
}
