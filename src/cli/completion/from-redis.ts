import { setTimeout as delay } from "node:timers/promises";
import type { SessionDirectory } from "../../core/ports.js";
import { safe } from "../../core/safe-text.js";
import { lazyConnection } from "../lazy-connection.js";
import { flagSource } from "../settings/options.js";
import { readSettings } from "../settings/read.js";
import type { Asked, Candidate } from "./asked.js";

/** Who presses Tab waits no longer for Redis. */
const patienceMs = 300;

/** Sessions looked at: what fits under a line of a shell. */
const most = 100;

/** Characters of an id from which it can be looked for. */
const fewest = 4;

/** Ids of sessions that begin as the word does, or the most recent ones. */
export async function ids({ begun, ...asked }: Asked): Promise<readonly Candidate[]> {
  if (begun !== "" && !/^[\da-f]{1,32}$/.test(begun)) return [];
  return await fromRedis(asked, async (directory) => {
    const sessions =
      begun.length < fewest ? await directory.recent(most) : await directory.get(await directory.find(begun, most));
    return sessions.map(({ id, user }) => (user === undefined ? { value: id } : { value: id, about: shownUser(user) }));
  });
}

/** Users of the most recent sessions. */
export async function users(asked: Omit<Asked, "begun">): Promise<readonly Candidate[]> {
  return await fromRedis(asked, async (directory) => {
    const names = (await directory.recent(most)).map(({ user }) => user).filter((user) => user !== undefined);
    return [...new Set(names)].filter(canBeTyped).map((value) => ({ value }));
  });
}

/** Whether a user's name is one that a person types: what begins as an option, or does not show as it is, is left out. */
function canBeTyped(user: string): boolean {
  return user !== "" && user.length <= 100 && safe(user) === user && !user.startsWith("-");
}

function shownUser(user: string): string {
  return safe(user.slice(0, 40));
}

/** What Redis says in time, or nothing: no error is of use under a line that is being typed. */
async function fromRedis(
  { program, before, env }: Omit<Asked, "begun">,
  read: (directory: SessionDirectory) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  try {
    program.parseOptions([...before]);
    const settings = await readSettings(flagSource(program), env);
    // A program that gets the password may ask for something itself.
    if (settings.passwordCommand !== undefined) return [];
    const connection = lazyConnection(settings, env, async () => {});
    return await Promise.race([connection.open().then(read), delay(patienceMs, [])]);
  } catch {
    return [];
  }
}
