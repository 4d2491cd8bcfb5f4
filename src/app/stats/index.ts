export { collectStats, type Counted, type Stats } from "./collect.js";
export type { Dimension, NumberDimension } from "./dimension.js";
export { dimensions } from "./dimensions.js";
export type { RangeCount } from "./ranges.js";
