import type { City } from "./geo-reader.js";

/** As far as a city is off where its database does not say how far, km. */
const usualRadiusKm = 50;

/** The country in a record of MaxMind's, DB-IP's, IPinfo's or ip-location-db's form. */
export function countryIn(record: unknown): string | undefined {
  const code = at(record, "country", "iso_code") ?? at(record, "country_code") ?? at(record, "country");
  return typeof code === "string" && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : undefined;
}

/** The number of the network: `13335` or `AS13335`. */
export function networkIn(record: unknown): number | undefined {
  const value = at(record, "autonomous_system_number") ?? at(record, "asn");
  const number = typeof value === "string" ? Number(/^(?:AS)?(\d{1,10})$/i.exec(value)?.[1]) : value;
  return typeof number === "number" && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** What the network calls itself. */
export function networkNameIn(record: unknown): string | undefined {
  const name =
    at(record, "autonomous_system_organization") ?? at(record, "as_name") ?? at(record, "name") ?? at(record, "org");
  return typeof name === "string" ? name : undefined;
}

/** The city, where its coordinates are known. */
export function cityIn(record: unknown): City | undefined {
  const latitude = numberIn(at(record, "location", "latitude") ?? at(record, "latitude") ?? at(record, "lat"));
  const longitude = numberIn(at(record, "location", "longitude") ?? at(record, "longitude") ?? at(record, "lng"));
  if (latitude === undefined || longitude === undefined) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  const name = at(record, "city", "names", "en") ?? at(record, "city");
  const radiusKm = numberIn(at(record, "location", "accuracy_radius"));
  return {
    name: typeof name === "string" ? name : undefined,
    latitude,
    longitude,
    radiusKm: radiusKm ?? usualRadiusKm,
  };
}

function at(record: unknown, ...path: readonly string[]): unknown {
  let value = record;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
