import { clientLabel } from "../clients/label.js";
import { formatDuration } from "../core/duration.js";
import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { ClientReader } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";
import { safe, type SafeText } from "../core/safe-text.js";
import { sameField } from "../app/field-name.js";
import { flagsOf } from "../app/flags.js";
import { usageError } from "./errors.js";
import type { CellView, Column } from "./formats/format.js";
import { say } from "./say.js";

/**
 * The columns of a list of sessions, which are also the fields of a session in JSON. To add one, add an entry. Those of
 * where an address is are `null` without `geo`, and are there only when they are asked for by name.
 */
export function sessionColumns(reader: ClientReader, geo?: GeoReader): readonly Column<DirectorySession>[] {
  const placeOf = ({ sightings }: DirectorySession) => {
    const ip = sightings.at(-1)?.ip;
    return ip === undefined ? undefined : geo?.place(ip);
  };
  const ofClient = (session: DirectorySession) => clientLabel(session.sightings.at(-1)?.userAgent, reader);
  return [
    {
      name: "id",
      type: "id",
      about: "the session's public name; opens nothing",
      value: ({ id }) => id,
      forPeople: { title: "ID", cell: ({ id }, { shorten, paint }) => paint("accent", safe(shorten(id))) },
    },
    {
      name: "user",
      type: "text?",
      about: "whose it is; null when anonymous",
      value: ({ user }) => user ?? null,
      forPeople: { title: "USER", cell: ({ user }) => text(user), least: 8 },
    },
    {
      name: "level",
      type: "text?",
      about: "authentication level, in the application's words",
      value: ({ level }) => level ?? null,
    },
    {
      name: "ip",
      type: "text?",
      about: "address seen last",
      value: ({ sightings }) => sightings.at(-1)?.ip ?? null,
      forPeople: { title: "IP", cell: ({ sightings }) => text(sightings.at(-1)?.ip), least: 15 },
    },
    {
      name: "country",
      type: "text?",
      about: "country of the address, as ISO 3166-1 says it: NO; only when asked for",
      value: (session) => placeOf(session)?.country ?? null,
      forPeople: { title: "COUNTRY", cell: (session) => text(placeOf(session)?.country) },
      onRequest: true,
    },
    {
      name: "asn",
      type: "number?",
      about: "number of the network (AS) of the address; only when asked for",
      value: (session) => placeOf(session)?.asn ?? null,
      forPeople: { title: "ASN", cell: (session) => text(placeOf(session)?.asn?.toString()), align: "right" },
      onRequest: true,
    },
    {
      name: "userAgent",
      type: "text?",
      about: "user agent seen last, as it was sent",
      value: ({ sightings }) => sightings.at(-1)?.userAgent ?? null,
      forPeople: { title: "USER AGENT", cell: ({ sightings }) => text(sightings.at(-1)?.userAgent), least: 12 },
    },
    {
      name: "client",
      type: "text",
      about: "user agent in a few words",
      value: ofClient,
      forPeople: { title: "CLIENT", cell: (session) => text(ofClient(session)), least: 8 },
    },
    past("createdAt", "AGE", "when it began", ({ createdAt }) => createdAt),
    past("authenticatedAt", "AUTH", "last authentication", ({ authenticatedAt }) => authenticatedAt),
    past("rotatedAt", "ROTATED", "when it got its present id", ({ rotatedAt }) => rotatedAt),
    past("lastSeenAt", "IDLE", "last request", ({ lastSeenAt }) => lastSeenAt),
    future("idleEndsAt", "IDLE LEFT", "when it ends unless a request comes", ({ idleEndsAt }) => idleEndsAt),
    future("endsAt", "ENDS IN", "when it ends in any case", ({ endsAt }) => endsAt),
    future("expiresAt", "LEFT", "the nearer of idleEndsAt and endsAt", expiresAt),
    {
      name: "flags",
      type: "texts",
      about: "ua, net: switched to another client, network; endless: nothing ends it; corrupt: undecodable",
      value: (session) => flagsOf(session, reader),
      forPeople: {
        title: "FLAGS",
        cell: (session, { paint }) => paint("warning", safe(flagsOf(session, reader).join(" "))),
      },
    },
    {
      name: "sightingCount",
      type: "number",
      about: "how many clients were seen on it, at most 16",
      value: ({ sightings }) => sightings.length,
    },
    { name: "size", type: "number?", about: "size of the stored record in bytes", value: ({ bytes }) => bytes ?? null },
    { name: "layout", type: "text", about: "how it is stored", value: ({ layout }) => layout },
    {
      name: "corrupt",
      type: "text?",
      about: "why its record cannot be decoded",
      value: ({ corrupt }) => corrupt ?? null,
    },
  ];
}

/** Shown in a table when none are asked for; the formats for programs have all. */
export const usualColumns = ["id", "user", "ip", "client", "createdAt", "lastSeenAt", "expiresAt", "flags"];

/** The columns with these names; a usage error names the valid ones. */
export function chosenColumns<Row>(columns: readonly Column<Row>[], names: readonly string[]): readonly Column<Row>[] {
  return names.map((name) => {
    const column = columns.find((candidate) => sameField(candidate.name, name));
    if (column !== undefined) return column;
    const valid = columns.map((candidate) => candidate.name).join(", ");
    throw usageError(`--columns: there is no column ${JSON.stringify(name)}`, `Columns: ${valid}.`);
  });
}

/** An instant as RFC 3339 in UTC; `null` when it is not known or never comes. */
export function rfc3339(time: number | null | undefined): string | null {
  // Beyond what Date can hold there is no such instant; a record may say anything.
  if (time === undefined || time === null || !(Math.abs(time) <= 8.64e15)) return null;
  return new Date(time).toISOString();
}

type TimeOf = (session: DirectorySession) => number | undefined;

function past(name: string, title: string, about: string, of: TimeOf): Column<DirectorySession> {
  return timeColumn(name, title, about, of, (time, now) => now - time);
}

function future(name: string, title: string, about: string, of: TimeOf): Column<DirectorySession> {
  return timeColumn(name, title, about, of, (time, now) => time - now);
}

function timeColumn(
  name: string,
  title: string,
  about: string,
  of: TimeOf,
  distance: (time: number, now: number) => number,
): Column<DirectorySession> {
  const cell = (session: DirectorySession, { now }: CellView): SafeText => {
    const time = of(session);
    return time === undefined ? say`-` : safe(formatDuration(distance(time, now)));
  };
  return {
    name,
    type: "time?",
    about,
    title: name
      .replace(/At$/, "")
      .replaceAll(/([A-Z])/g, " $1")
      .toUpperCase(),
    value: (session) => rfc3339(of(session)),
    forPeople: { title, cell, align: "right" },
  };
}

/** When a session ends unless a request comes before. */
export function expiresAt({ idleEndsAt, endsAt }: DirectorySession): number | undefined {
  if (idleEndsAt === undefined || endsAt === undefined) return idleEndsAt ?? endsAt;
  return Math.min(idleEndsAt, endsAt);
}

function text(value: string | undefined): SafeText {
  return value === undefined || value === "" ? say`-` : safe(value);
}
