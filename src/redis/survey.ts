import type { Survey } from "../layouts/detect.js";
import type { Layout } from "../layouts/layout.js";
import type { Mapping } from "../layouts/mapping.js";
import { detectLayouts } from "./foreign/detect.js";
import { readSessions } from "./foreign/found.js";
import { commandsOf, type DirectoryOptions, nativeDirectory } from "./open.js";

/** Sessions looked into of each layout. */
const looked = 200;

/** Which Redis to look at, and for what. */
export interface SurveyOptions extends DirectoryOptions {
  readonly prefix?: string | undefined;
  readonly mapping: Mapping;
  /** Default: all. */
  readonly layouts?: readonly Layout[];
}

/** Looks at which layouts are in use, and at some sessions of each; nothing is walked whole. */
export async function surveyLayouts({ prefix, mapping, layouts, ...options }: SurveyOptions): Promise<Survey> {
  const commands = commandsOf(options, false);
  try {
    const { sessions: native } = await nativeDirectory(commands, options).count();
    const detection = await detectLayouts(commands, { prefix, ...(layouts === undefined ? {} : { layouts }) });
    const found = [];
    for (const { layout, prefix: under, sessions, sampled } of detection.found) {
      const applied = { layout, prefix: under, mapping };
      const read = await readSessions(commands, applied, sampled.slice(0, looked), Date.now());
      found.push({ layout, prefix: under, sessions, sample: read.map(({ session }) => session) });
    }
    return { native, looked: detection.looked, keys: detection.keys, found };
  } finally {
    commands.close();
  }
}
