import type { Asked, Candidate } from "./asked.js";

type Source = (asked: Asked) => Promise<readonly Candidate[]>;

const named = (names: readonly string[]): readonly Candidate[] => names.map((value) => ({ value }));

/**
 * Where values come from that commander does not know: by an option's flag, a command's option (`trail --by`) or argument
 * (`profile action`), or an argument's name in whichever command. To complete another, add its line. Each loads what it
 * asks when it is asked.
 */
const sources: Readonly<Record<string, Source>> = {
  "--layout": async () => named(["auto", ...(await import("../../layouts/index.js")).layouts.map(({ name }) => name)]),
  "--namespace": async ({ env }) => await namespaces(env),
  "--profile": async ({ env }) => await profiles(env),
  "--confirm": async ({ env }) => await profiles(env),
  "--rule": async () =>
    (await import("../../audit/index.js")).rules.map(({ id, title }) => ({ value: id, about: title })),
  "--policy": async () => named((await import("../../audit/index.js")).policies.map(({ name }) => name)),
  "--check": async () =>
    (await import("../../doctor/index.js")).checks.map(({ id, title }) => ({ value: id, about: title })),
  "--columns": async () => {
    const [{ sessionColumns }, { createClientReader }] = await Promise.all([
      import("../columns.js"),
      import("../../clients/reader.js"),
    ]);
    return sessionColumns(createClientReader()).map(({ name, about }) => ({ value: name, about }));
  },
  "stats --by": async () =>
    (await import("../../app/stats/index.js")).dimensions.map(({ name, about }) => ({ value: name, about })),
  "trail --by": async (asked) => await (await import("./from-redis.js")).operators(asked),
  "--sort": async () => named((await import("../../app/sort.js")).sortKeys.map(({ name }) => name)),
  "--type": async () => named((await import("../../core/event.js")).eventTypes),
  "--user": async (asked) => await (await import("./from-redis.js")).users(asked),
  "--keep": async (asked) => await (await import("./from-redis.js")).ids(asked),
  id: async (asked) => await (await import("./from-redis.js")).ids(asked),
  "completion shell": async () => named((await import("./shells.js")).shellNames),
  "profile action": async () => named((await import("../commands/profile.js")).profileActions),
  "profile name": async ({ env }) => await profiles(env),
  "help topic": async ({ commands }) =>
    [...(await import("../topics/index.js")).topics, ...commands].map(({ name, summary }) => ({
      value: name,
      about: summary,
    })),
};

/** The values of an option or an argument; none where they are not known. */
export async function valuesOf(key: string, asked: Asked): Promise<readonly Candidate[]> {
  return (await sources[key]?.(asked)) ?? [];
}

async function profiles(env: NodeJS.ProcessEnv): Promise<readonly Candidate[]> {
  return named([...((await userFile(env))?.profiles.keys() ?? [])]);
}

/** The usual one, and those that the user's file names. */
async function namespaces(env: NodeJS.ProcessEnv): Promise<readonly Candidate[]> {
  const [file, { settings }, { textOf }] = await Promise.all([
    userFile(env),
    import("../settings/index.js"),
    import("../config/check.js"),
  ]);
  const { file: place, fallback } = settings.namespace;
  const places = file === undefined ? [] : [file.values, ...file.profiles.values()];
  const given = places.map((values) => values.get(place?.key ?? "")).filter((value) => value !== undefined);
  return named([...new Set([fallback, ...given.map(textOf)])]);
}

async function userFile(env: NodeJS.ProcessEnv) {
  const [{ userFileOf }, { readUserFile }] = await Promise.all([
    import("../config/places.js"),
    import("../config/user-file.js"),
  ]);
  return readUserFile(userFileOf(env));
}
