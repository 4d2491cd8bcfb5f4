import { candidatesOf, type Detected, type Detection, inUse, type Judged, recognise } from "../../layouts/detect.js";
import { layouts as allLayouts } from "../../layouts/index.js";
import type { Layout } from "../../layouts/layout.js";
import type { Commands } from "../commands.js";
import { escaped } from "../../layouts/glob.js";
import { readValues } from "./values.js";

/** What to look for. */
export interface DetectOptions {
  /** Only keys that begin so. */
  readonly prefix?: string | undefined;
  /** Default: all. */
  readonly layouts?: readonly Layout[];
}

/** A detection, with the keys by which each layout was found: secrets. */
export interface SampledDetection extends Detection {
  readonly found: readonly (Detected & { readonly sampled: readonly string[] })[];
}

/** Keys looked at on each master: a few dozen milliseconds. */
const usualSample = 20_000;
/** The same when those showed nothing, and there are more. */
const largeSample = 200_000;
/** Keys looked at by one SCAN. */
const scanCount = 1000;
/** Values looked at of those that one layout may have written under one prefix. */
const valuesEach = 20;

/** Finds which layouts are in use, by a sample of keys and values. The keyspace is never walked whole but when it is small. */
export async function detectLayouts(
  commands: Commands,
  { prefix, layouts = allLayouts }: DetectOptions = {},
): Promise<SampledDetection> {
  const keys = await commands.keyCount();
  const usual = await detectIn(commands, keys, usualSample, { prefix, layouts });
  if (usual.found.length > 0 || usual.looked >= keys) return usual;
  return await detectIn(commands, keys, largeSample, { prefix, layouts });
}

async function detectIn(
  commands: Commands,
  keys: number,
  sample: number,
  { prefix, layouts }: Required<Pick<DetectOptions, "layouts">> & DetectOptions,
): Promise<SampledDetection> {
  const names = new Set<string>();
  let looked = 0;
  const scan = { pattern: `${escaped(prefix ?? "")}*`, count: scanCount, most: sample };
  for await (const batch of commands.scan(scan)) {
    looked += prefix === undefined ? batch.length : scanCount;
    for (const name of batch) names.add(name);
  }
  looked = Math.min(looked, keys);
  const judged: Judged[] = [];
  for (const candidate of candidatesOf([...names], layouts, prefix)) {
    const values = await readValues(commands, candidate.layout.type, candidate.keys.slice(0, valuesEach));
    const verdicts = values.map((value) =>
      recognise(candidate.layout, {
        ...value,
        prefix: candidate.prefix,
        rest: value.key.slice(candidate.prefix.length),
      }),
    );
    const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
    judged.push({ ...candidate, sessions: count("session"), unreadable: count("unreadable") });
  }
  const found = inUse(judged).map(({ layout, prefix: under, keys: ours, sessions, unreadable }) => {
    const read = Math.min(ours.length, valuesEach);
    const share = Math.min(1, (sessions + unreadable) / Math.max(1, read));
    return {
      layout,
      prefix: under,
      sessions: Math.round(ours.length * share * (looked === 0 ? 1 : keys / looked)),
      sampled: ours,
    };
  });
  return { found, looked, keys };
}
