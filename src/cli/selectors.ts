import type { Command } from "commander";
import type { Criteria } from "../app/criteria.js";
import type { Selection } from "../app/select.js";
import { parseCidr } from "../clients/cidr.js";
import type { Context } from "./command.js";
import { usageError } from "./errors.js";
import type { GeoSettings } from "./geography.js";
import { readIds } from "./ids.js";
import { geographyFor } from "./lazy-geography.js";
import { durationOption, ofOption, repeated, timeOption, userOption } from "./values.js";

/** What a command line says about which sessions are meant, beside ids. */
export interface CriteriaOptions {
  readonly user?: string;
  readonly ip?: string;
  readonly createdBefore?: string;
  readonly active?: string;
  readonly where?: string;
}

/** What a command line says about which sessions to change. */
export interface SelectorOptions extends CriteriaOptions {
  readonly keep?: readonly string[];
  readonly all?: boolean;
}

/** Declares what sessions can be chosen by; `what` as in `only` or `end`. */
export function addCriteria(command: Command, what: string): void {
  command
    .option("--user <user>", `${what} this user's`)
    .option("--ip <network>", `${what} those last seen from this address or network: 203.0.113.7, 10.0.0.0/8`)
    .option("--created-before <time>", `${what} those that began before: 2026-03-01T14:00:00Z, \`2h ago\``)
    .option("--active <duration>", `${what} those with a request in the last 90s, 30m, 12h, 7d`)
    .option("--where <filter>", `${what} those of which a filter holds: 'idle > duration("30m") && level == "aal1"'`);
}

/** Declares the ways to say which sessions are to be changed. */
export function addSelectors(command: Command, verb: "end" | "expire"): void {
  command.argument("[id...]", "session ids, or 4 or more characters that begin one; - reads them from standard input");
  addCriteria(command, verb);
  command
    .option("--all", `${verb} every session`)
    .option("--keep <id>", "but not this one (may be repeated); not with ids", repeated);
}

/** Reads what sessions are chosen by; a usage error for what cannot be read. */
export async function criteriaOf(options: CriteriaOptions, settings: GeoSettings, now: number): Promise<Criteria> {
  const { user, ip, createdBefore, active, where } = options;
  const filter = where === undefined ? {} : await filterOf(where, settings, now);
  return {
    ...filter,
    ...(user === undefined ? {} : { user: userOption(user) }),
    ...(ip === undefined ? {} : { ip: ofOption("--ip", () => parseCidr(ip)) }),
    ...(createdBefore === undefined ? {} : { createdBefore: timeOption("--created-before", createdBefore, now) }),
    ...(active === undefined ? {} : { activeMs: durationOption("--active", active) }),
  };
}

/** What a filter asks for. The languages it is written in are loaded by whoever uses them. */
async function filterOf(
  text: string,
  settings: GeoSettings,
  now: number,
): Promise<Pick<Criteria, "users" | "where" | "tooLarge">> {
  const { compileFilter, createClientReader, sessionFields } = await import("./filter.js");
  const fields = sessionFields(createClientReader(), await geographyFor(settings, text));
  const { matches, users, tooLarge } = ofOption("--where", () => compileFilter(text, fields, now));
  return { where: matches, tooLarge, ...(users === undefined ? {} : { users }) };
}

/** What a command line selects, and whether the ids came from standard input. */
export interface Selector {
  readonly selection: Selection;
  readonly fromStdin: boolean;
}

/** Reads which sessions are meant; a usage error unless it is said in exactly one way. Criteria that are given together must all hold. */
export async function selectorOf(
  args: readonly string[],
  options: SelectorOptions,
  { io, settings }: Pick<Context, "io" | "settings">,
): Promise<Selector> {
  const criteria = await criteriaOf(options, settings, io.clock());
  const { keep = [], all = false } = options;
  const some = Object.keys(criteria).length > 0;
  if (args.length > 0) {
    if (some || all || keep.length > 0) {
      const given = all
        ? "--all"
        : keep.length > 0 && !some
          ? "--keep"
          : "--user, --ip, --created-before, --active and --where";
      throw usageError(`ids and ${given} exclude each other`, "Give ids, or what to choose sessions by.");
    }
    return { selection: { by: "ids", ids: await readIds(args, io) }, fromStdin: args.includes("-") };
  }
  if (all && some) throw usageError("--all leaves nothing to choose by", "Leave --all out, or the others.");
  if (!all && !some) {
    throw usageError(
      keep.length > 0 ? "--keep needs --user, another choice, or --all" : "it is not said which sessions",
      "Give ids, - to read ids from standard input, --user, --ip, --created-before, --active, --where, or --all.",
    );
  }
  return { selection: { by: "criteria", criteria, keep }, fromStdin: false };
}
