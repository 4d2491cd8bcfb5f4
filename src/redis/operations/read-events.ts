import type { SessionEvent } from "../../core/event.js";
import type { EventMark, EventsRead, EventsWanted } from "../../core/ports.js";
import { type Shard, shards } from "../../core/token.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import { decodeEvent } from "../events.js";

/** Clocks of applications and server may be apart by so much: entries are asked for from that much earlier. */
const skewMs = 60_000;

/** Before every entry of a stream. */
const beginning = "0-0";

/** The newest `limit` events since an instant, oldest first. */
export async function readEvents({ commands, keys }: Context, since: number, limit: number): Promise<SessionEvent[]> {
  // An entry's id is the server's time; the event's own time, by the application's clock, decides.
  const from = Math.max(0, since - skewMs);
  const replies = await commands.all(
    shards.map((shard) => ["XREVRANGE", keys.events(shard), "+", from, "COUNT", limit]),
  );
  const read = replies.map((reply) => entriesOf(reply).toReversed());
  return inOrder(read)
    .filter(({ at }) => at >= since)
    .slice(-limit);
}

/** The events since a mark, told by the entries' own order: an application's clock may be anywhere. */
export async function readEventsAfter(
  context: Context,
  mark?: EventMark,
  { since = Infinity, limit = mostKept }: EventsWanted = {},
): Promise<EventsRead> {
  if (mark !== undefined) return await entriesAfter(context, mark, limit);
  // The marks come first, so that what is written meanwhile is told by the next call.
  const newest = await newestOf(context);
  const events = since === Infinity ? [] : await readEvents(context, since, limit);
  return { events, mark: newest, passedOver: events.length >= limit };
}

/** More events than a namespace keeps. */
const mostKept = 1_000_000;

/** A shard is asked for so many times its fair share, since chance spreads unevenly. */
const unevenness = 4;

async function newestOf({ commands, keys }: Context): Promise<EventMark> {
  const replies = await commands.all(
    shards.map((shard) => ["XREVRANGE", keys.events(shard), "+", "-", "COUNT", 1] as const),
  );
  return new Map(shards.map((shard, n) => [shard, idOf(entriesOf(replies[n] ?? null)[0]) ?? beginning]));
}

async function entriesAfter({ commands, keys }: Context, mark: EventMark, limit: number): Promise<EventsRead> {
  const after = (shard: Shard) => mark.get(shard) ?? beginning;
  const share = Math.ceil((limit / shards.length) * unevenness);
  const replies = await commands.all(
    shards.map((shard) => ["XREVRANGE", keys.events(shard), "+", `(${after(shard)}`, "COUNT", share] as const),
  );
  const read = replies.map((reply) => entriesOf(reply).toReversed());
  return {
    events: inOrder(read),
    mark: new Map(shards.map((shard, n) => [shard, idOf(read[n]?.at(-1)) ?? after(shard)])),
    passedOver: read.some(({ length }) => length >= share),
  };
}

function entriesOf(reply: Reply): readonly Reply[] {
  return Array.isArray(reply) ? reply : [];
}

function idOf(entry: Reply | undefined): string | undefined {
  return Array.isArray(entry) ? String(entry[0]) : undefined;
}

/** The events of all shards, by their own time; the server's settles the order of those of the same millisecond. */
function inOrder(read: readonly (readonly Reply[])[]): SessionEvent[] {
  return read
    .flat()
    .flatMap((entry) => {
      const event = decodeEvent(entry);
      return event === undefined ? [] : [{ event, order: Number.parseInt(idOf(entry) ?? "0", 10) }];
    })
    .toSorted((a, b) => a.event.at - b.event.at || a.order - b.order)
    .map(({ event }) => event);
}
