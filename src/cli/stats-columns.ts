import type { Counted, Stats } from "../app/stats/index.js";
import type { Column } from "./formats/format.js";

/** One line of the numbers: a word or a range of a dimension. */
export interface StatsRow {
  readonly dimension: string;
  readonly value: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly count: number;
  readonly share: number;
}

/** The fields of a line of the numbers. */
export const statsColumns: readonly Column<StatsRow>[] = [
  { name: "dimension", type: "text", about: "what is counted by", value: ({ dimension }) => dimension },
  {
    name: "value",
    type: "text?",
    about: "the word that they have in common; `never` for times that do not come; null for a range",
    value: ({ value }) => value ?? null,
  },
  {
    name: "from",
    type: "number?",
    about: "where the range begins: ms, bytes or a number",
    value: ({ from }) => from ?? null,
  },
  {
    name: "to",
    type: "number?",
    about: "before which it ends; null where it has no end",
    value: ({ to }) => to ?? null,
  },
  { name: "count", type: "number", about: "how many sessions", value: ({ count }) => count },
  { name: "share", type: "number", about: "of all sessions that were counted, 0 to 1", value: ({ share }) => share },
];

/** The lines of one dimension. */
export function statsRows(
  { dimension, ...counted }: Counted,
  { sessions }: Pick<Stats, "sessions">,
): readonly StatsRow[] {
  const row = (count: number, told: Partial<StatsRow>): StatsRow => ({
    dimension: dimension.name,
    value: undefined,
    from: undefined,
    to: undefined,
    count,
    share: sessions === 0 ? 0 : Math.round((count / sessions) * 1e6) / 1e6,
    ...told,
  });
  if ("words" in counted) return counted.words.top.map(({ value, count }) => row(count, { value }));
  if (!("numbers" in counted)) return [];
  const { ranges, never } = counted.numbers;
  return [
    ...ranges.map(({ from, to, count }) => row(count, { from, to })),
    ...(never > 0 ? [row(never, { value: "never" })] : []),
  ];
}
