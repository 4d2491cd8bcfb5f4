import type { GeoReader } from "../../clients/geography/geo-reader.js";
import type { ClientReader } from "../../core/binding.js";
import type { DirectorySession } from "../../core/ports.js";
import { flagsOf } from "../flags.js";

/**
 * What a field holds. An absent `text` is `""`, and what an absent key of `any` is asked for is null. Nothing can be said of
 * another absent one: what asks about it does not match, negated or not.
 */
export type FieldType = "text" | "number" | "time" | "span" | "texts" | "any";

/** Something a filter can ask about. */
export interface Field<Row> {
  readonly name: string;
  readonly type: FieldType;
  /** Half a sentence for help. */
  readonly about: string;
  /** Times are ms since 1970, spans ms. */
  readonly of: (row: Row, now: number) => unknown;
}

/** What a filter can ask about a session; where it is from, with `geo` only. To add a field, add an entry. */
export function sessionFields(reader: ClientReader, geo?: GeoReader): readonly Field<DirectorySession>[] {
  const placeOf = ({ sightings }: DirectorySession) => {
    const ip = sightings.at(-1)?.ip;
    return ip === undefined ? undefined : geo?.place(ip);
  };
  return [
    { name: "id", type: "text", about: "the session's public name", of: ({ id }) => id },
    { name: "user", type: "text", about: 'whose it is; "" when anonymous', of: ({ user }) => user },
    { name: "level", type: "text", about: "authentication level", of: ({ level }) => level },
    { name: "ip", type: "text", about: "address seen last", of: ({ sightings }) => sightings.at(-1)?.ip },
    {
      name: "userAgent",
      type: "text",
      about: "user agent seen last",
      of: ({ sightings }) => sightings.at(-1)?.userAgent,
    },
    {
      name: "country",
      type: "text",
      about: 'country of the address, "NO"; "" when unknown',
      of: (session) => placeOf(session)?.country,
    },
    {
      name: "asn",
      type: "number",
      about: "number of the network (AS) of the address",
      of: (session) => placeOf(session)?.asn,
    },
    { name: "age", type: "span", about: "since it began", of: ({ createdAt }, now) => since(createdAt, now) },
    {
      name: "idle",
      type: "span",
      about: "since the last request",
      of: ({ lastSeenAt }, now) => since(lastSeenAt, now),
    },
    { name: "left", type: "span", about: "until it ends unless a request comes", of: leftOf },
    { name: "createdAt", type: "time", about: "when it began", of: ({ createdAt }) => createdAt },
    {
      name: "authenticatedAt",
      type: "time",
      about: "last authentication",
      of: ({ authenticatedAt }) => authenticatedAt,
    },
    { name: "rotatedAt", type: "time", about: "when it got its present id", of: ({ rotatedAt }) => rotatedAt },
    { name: "lastSeenAt", type: "time", about: "last request", of: ({ lastSeenAt }) => lastSeenAt },
    {
      name: "idleEndsAt",
      type: "time",
      about: "when it ends unless a request comes",
      of: ({ idleEndsAt }) => idleEndsAt,
    },
    { name: "endsAt", type: "time", about: "when it ends in any case", of: ({ endsAt }) => endsAt },
    { name: "flags", type: "texts", about: "ua, net, endless, corrupt", of: (session) => flagsOf(session, reader) },
    {
      name: "sightingCount",
      type: "number",
      about: "how many clients were seen",
      of: ({ sightings }) => sightings.length,
    },
    { name: "size", type: "number", about: "size of the stored record in bytes", of: ({ bytes }) => bytes },
    { name: "layout", type: "text", about: "how it is stored", of: ({ layout }) => layout },
    { name: "corrupt", type: "text", about: "why it cannot be decoded", of: ({ corrupt }) => corrupt },
    { name: "data", type: "any", about: "what the application keeps in it, as data.key", of: ({ data }) => data },
  ];
}

function since(time: number | undefined, now: number): number | undefined {
  return time === undefined ? undefined : now - time;
}

function leftOf({ idleEndsAt, endsAt }: DirectorySession, now: number): number | undefined {
  if (idleEndsAt === undefined && endsAt === undefined) return undefined;
  return Math.min(idleEndsAt ?? Infinity, endsAt ?? Infinity) - now;
}
