import type { SessionEvent } from "../../core/event.js";
import { shards } from "../../core/token.js";
import type { Reply } from "../commands.js";
import type { Context } from "../context.js";
import { decodeEvent } from "../events.js";

/** Clocks of applications and server may be apart by so much: entries are asked for from that much earlier. */
const skewMs = 60_000;

/** The newest `limit` events since an instant, oldest first. */
export async function readEvents({ commands, keys }: Context, since: number, limit: number): Promise<SessionEvent[]> {
  // An entry's id is the server's time; the event's own time, by the application's clock, decides.
  const from = Math.max(0, since - skewMs);
  const replies = await commands.all(
    shards.map((shard) => ["XREVRANGE", keys.events(shard), "+", from, "COUNT", limit]),
  );
  return replies
    .flatMap((reply) => (Array.isArray(reply) ? reply.toReversed() : []))
    .flatMap((entry) => {
      const event = decodeEvent(entry);
      return event === undefined || event.at < since ? [] : [{ event, order: orderOf(entry) }];
    })
    .toSorted((a, b) => a.event.at - b.event.at || a.order - b.order)
    .slice(-limit)
    .map(({ event }) => event);
}

/** The server's time of an entry, which settles the order of events of the same millisecond on different shards. */
function orderOf(entry: Reply): number {
  return Array.isArray(entry) ? Number.parseInt(String(entry[0]), 10) : 0;
}
