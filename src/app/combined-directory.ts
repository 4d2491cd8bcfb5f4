import { SessctlError } from "../core/errors.js";
import type { Capabilities, Change, DirectoryCounts, DirectorySession, Note, SessionDirectory } from "../core/ports.js";
import { RecentMap } from "../core/recent-map.js";
import type { SessionId } from "../core/token.js";

/** Sessions of which it is remembered where they came from: what a person lists and then ends. */
const mostOwned = 200_000;

/**
 * Several directories as one: the sessions of different layouts in one Redis. What is found is remembered with the
 * directory that it came from, so that ending it asks that one alone; of very many, the latest.
 */
export function combined(directories: readonly SessionDirectory[]): SessionDirectory {
  const [first] = directories;
  if (first === undefined) throw new Error("nothing to combine");
  if (directories.length === 1) return first;
  const owners = new RecentMap<SessionId, SessionDirectory>(mostOwned);

  const owned = (directory: SessionDirectory, sessions: readonly DirectorySession[]) => {
    for (const { id } of sessions) owners.set(id, directory);
    return sessions;
  };
  const fromEach = async <Found>(read: (directory: SessionDirectory) => Promise<readonly Found[]>) => {
    const found: Found[] = [];
    for (const directory of directories) found.push(...(await read(directory)));
    return found;
  };
  /** Asks each directory for its own, and for those that nobody is known to own while they are not found. */
  const change = async (
    ids: readonly SessionId[],
    apply: (directory: SessionDirectory, ids: readonly SessionId[]) => Promise<readonly Change[]>,
  ) => {
    const changes = new Map<SessionId, Change>();
    for (const directory of directories) {
      const asked = ids.filter((id) => {
        const settled = changes.get(id);
        return (owners.get(id) ?? directory) === directory && (settled === undefined || settled.outcome === "gone");
      });
      if (asked.length === 0) continue;
      for (const one of await apply(directory, asked)) changes.set(one.id, one);
    }
    return ids.map((id) => changes.get(id) ?? { id, outcome: "gone" as const });
  };

  return {
    layout: directories.map(({ layout }) => layout).join(", "),
    capabilities: capabilitiesOf(directories.map(({ capabilities }) => capabilities)),
    async count(activeSince = []): Promise<DirectoryCounts> {
      const counts: DirectoryCounts[] = [];
      for (const directory of directories) counts.push(await directory.count(activeSince));
      const sum = (of: (count: DirectoryCounts) => number) => counts.reduce((total, count) => total + of(count), 0);
      return {
        sessions: sum(({ sessions }) => sessions),
        flagged: sum(({ flagged }) => flagged),
        activeSince: activeSince.map((_, n) => sum((count) => count.activeSince[n] ?? 0)),
      };
    },
    async recent(limit) {
      const sessions = await fromEach(async (directory) => owned(directory, await directory.recent(limit)));
      return byActivity(sessions).slice(0, limit);
    },
    async recentEntries(limit) {
      const entries = await fromEach((directory) => directory.recentEntries(limit));
      return entries.toSorted((a, b) => (b.seenAt || 0) - (a.seenAt || 0)).slice(0, limit);
    },
    async estimateUsers() {
      const counts = await fromEach(async (directory) => [await directory.estimateUsers()]);
      return counts.reduce((total, count) => total + count, 0);
    },
    async byUser(user) {
      return byActivity(await fromEach(async (directory) => owned(directory, await directory.byUser(user))));
    },
    async find(prefix, limit = 20) {
      const ids = await fromEach(async (directory) => {
        const found = await directory.find(prefix, limit);
        for (const id of found) owners.set(id, directory);
        return found;
      });
      return ids.slice(0, limit);
    },
    async get(ids) {
      const found = new Map<SessionId, DirectorySession>();
      for (const directory of directories) {
        const asked = ids.filter((id) => !found.has(id) && (owners.get(id) ?? directory) === directory);
        if (asked.length === 0) continue;
        for (const session of owned(directory, await directory.get(asked))) found.set(session.id, session);
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    async *walk() {
      for (const directory of directories) {
        for await (const sessions of directory.walk()) yield owned(directory, sessions);
      }
    },
    revoke: (ids, note?: Note) => change(ids, (directory, asked) => directory.revoke(asked, note)),
    expire: (ids, endsAt, note?: Note) =>
      change(ids, async (directory, asked) =>
        directory.capabilities.expire === "none"
          ? asked.map((id) => ({ id, outcome: "failed" as const, error: cannotExpire(directory.layout) }))
          : await directory.expire(asked, endsAt, note),
      ),
    async cutoff(before) {
      for (const directory of directories) await directory.cutoff(before);
    },
    events: (options) => fromEach((directory) => directory.events(options)),
    eventsAfter: (mark, wanted) => (directories.find(tellsEvents) ?? first).eventsAfter(mark, wanted),
    load: () => first.load(),
    time: () => first.time(),
    replicated: (replicas, timeoutMs) => first.replicated(replicas, timeoutMs),
    async close() {
      for (const directory of directories) await directory.close();
    },
  };
}

/** What some of them tell may be told; what is to be done must be what all can do. */
function capabilitiesOf(all: readonly Capabilities[]): Capabilities {
  const some = (name: "created" | "deadline" | "client" | "switches" | "data" | "events") =>
    all.some((one) => one[name]);
  const tellLastSeen = all.map(({ lastSeen }) => lastSeen).filter((lastSeen) => lastSeen !== "none");
  const worst = <Value>(of: (one: Capabilities) => Value, bestFirst: readonly Value[]): Value =>
    bestFirst[Math.max(...all.map((one) => bestFirst.indexOf(of(one))))] as Value;
  return {
    recent: worst(({ recent }) => recent, ["index", "walk"]),
    byUser: worst(({ byUser }) => byUser, ["index", "walk"]),
    created: some("created"),
    lastSeen: tellLastSeen.includes("ttl") ? "ttl" : (tellLastSeen[0] ?? "none"),
    deadline: some("deadline"),
    client: some("client"),
    switches: some("switches"),
    expire: worst(({ expire }) => expire, ["lasting", "until-touch", "none"]),
    data: some("data"),
    events: some("events"),
    cutoff: all.every(({ cutoff }) => cutoff),
  };
}

function tellsEvents({ capabilities }: SessionDirectory): boolean {
  return capabilities.events;
}

function cannotExpire(layout: string): SessctlError {
  return new SessctlError("unsupported", `the end of a session cannot be set in the layout ${layout}`, {
    hint: "Revoke the sessions instead.",
  });
}

function byActivity(sessions: readonly DirectorySession[]): readonly DirectorySession[] {
  return sessions.toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0));
}
