import { parseAddress } from "./address.js";
import type { GeoKind, GeoReader, GeoSource, Place } from "./geo-reader.js";

const nowhere: Place = { country: undefined, asn: undefined, city: undefined };

/** A reader over one data set of each kind at the most; `why` says for each other kind why there is none. */
export function createGeoReader(
  sources: Readonly<Partial<Record<GeoKind, GeoSource>>>,
  why: Readonly<Partial<Record<GeoKind, string>>> = {},
): GeoReader {
  const { country, asn, city } = sources;
  return {
    place(ip, address = parseAddress(ip)) {
      if (address === undefined) return nowhere;
      return {
        country: country?.place(address).country,
        asn: asn?.place(address).asn,
        city: city?.place(address).city,
      };
    },
    networkName: (number) => asn?.networkName?.(number),
    data: [country, asn, city].flatMap((source) => (source === undefined ? [] : [source.data])),
    lacks: (kind) => (sources[kind] === undefined ? (why[kind] ?? `there is no ${names[kind]} data`) : undefined),
  };
}

const names: Readonly<Record<GeoKind, string>> = { country: "country", asn: "network (ASN)", city: "city" };
