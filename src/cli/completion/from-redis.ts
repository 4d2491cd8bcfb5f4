import { setTimeout as delay } from "node:timers/promises";
import { trailOf } from "../../app/trail.js";
import { safe } from "../../core/safe-text.js";
import { type LazyConnection, lazyConnection } from "../lazy-connection.js";
import { flagSource } from "../settings/options.js";
import { readSettings } from "../settings/read.js";
import { canBeTyped } from "../typed-name.js";
import type { Asked, Candidate } from "./asked.js";

/** Who presses Tab waits no longer for Redis. */
const patienceMs = 300;

/** Offered: what fits under a line of a shell. */
const most = 100;

/** Most recent sessions in which a user is looked for whose name begins so: some 20 ms. */
const mostSearched = 2000;

/** Characters of an id from which it can be looked for. */
const fewest = 4;

/** Ids of sessions that begin as the word does, or the most recent ones. */
export async function ids({ begun, ...asked }: Asked): Promise<readonly Candidate[]> {
  if (begun !== "" && !/^[\da-f]{1,32}$/.test(begun)) return [];
  return await fromRedis(asked, async (connection) => {
    const directory = await connection.open();
    const sessions =
      begun.length < fewest ? await directory.recent(most) : await directory.get(await directory.find(begun, most));
    return sessions.map(({ id, user }) => (user === undefined ? { value: id } : { value: id, about: shownUser(user) }));
  });
}

/** Users of the most recent sessions; of more of them when the word says how the name begins. */
export async function users({ begun, ...asked }: Asked): Promise<readonly Candidate[]> {
  return await fromRedis(asked, async (connection) => {
    const directory = await connection.open();
    const sessions = await directory.recent(begun === "" ? most : mostSearched);
    return different(sessions.map(({ user }) => user).filter((user) => user?.startsWith(begun)));
  });
}

/** Who did the latest changes that the trail has. */
export async function operators(asked: Asked): Promise<readonly Candidate[]> {
  return await fromRedis(asked, async (connection) => {
    const { done } = await trailOf(await connection.openTrail(), { limit: most });
    return different(done.toReversed().map(({ actor }) => actor));
  });
}

function different(names: readonly (string | undefined)[]): readonly Candidate[] {
  const typed = new Set(names.filter((name) => name !== undefined).filter(canBeTyped));
  return [...typed].slice(0, most).map((value) => ({ value }));
}

function shownUser(user: string): string {
  return safe(user.slice(0, 40));
}

/** What Redis says in time, or nothing: no error is of use under a line that is being typed. */
async function fromRedis(
  { program, before, env }: Omit<Asked, "begun">,
  read: (connection: LazyConnection) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  try {
    program.parseOptions([...before]);
    const settings = await readSettings(flagSource(program), env);
    // A program that gets the password may ask for something itself.
    if (settings.passwordCommand !== undefined) return [];
    // Loading what speaks to Redis is not waiting for it.
    await Promise.all([import("../connection.js"), import("../auto-connection.js")]);
    const connection = lazyConnection(settings, env, async () => {});
    return await Promise.race([read(connection), delay(patienceMs, [])]);
  } catch {
    return [];
  }
}
