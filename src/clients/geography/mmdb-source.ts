import { Reader, type Response } from "mmdb-lib";
import { SessctlError } from "../../core/errors.js";
import { cityIn, countryIn, networkIn, networkNameIn } from "./mmdb-record.js";
import type { GeoKind, GeoSource, Place } from "./geo-reader.js";

/** Addresses looked up when a file is opened, so that most damage shows before the work begins. */
const probes = ["1.1.1.1", "8.8.8.8", "81.2.69.142", "133.1.0.1", "200.1.0.1", "2001:4860::8888", "2a02::1"];

/**
 * A data set from an MMDB file, as MaxMind, DB-IP, IPinfo and ip-location-db write them; `file` is for messages.
 *
 * Throws `invalid-argument` for what is no MMDB or is damaged, there and then or at the first address that shows it.
 */
export function mmdbSource(bytes: Buffer, kind: GeoKind, file: string): GeoSource {
  const guarded = <Value>(read: () => Value): Value => {
    try {
      return read();
    } catch (cause) {
      throw new SessctlError("invalid-argument", `${file} is no MMDB, or a damaged one`, {
        hint: "Fetch the database again, and see that it is unpacked: an .mmdb, no archive.",
        cause,
      });
    }
  };
  const reader = guarded(() => {
    const opened = new Reader<Response>(bytes);
    if (opened.metadata.searchTreeSize >= bytes.length) throw new RangeError("the search tree is longer than the file");
    return opened;
  });
  const { databaseType, buildEpoch, ipVersion } = reader.metadata;
  const record = (address: string): unknown =>
    ipVersion === 4 && address.includes(":") ? undefined : guarded(() => reader.get(address));
  for (const probe of probes) record(probe);
  const time = buildEpoch.getTime();
  const networkNames = new Map<number, string>();
  return {
    data: {
      kind,
      name: databaseType,
      date: Number.isFinite(time) && time > 0 ? buildEpoch.toISOString().slice(0, 10) : "unknown",
    },
    place(address): Partial<Place> {
      const found = record(address.text);
      switch (kind) {
        case "country":
          return { country: countryIn(found) };
        case "city":
          return { city: cityIn(found) };
        case "asn": {
          const asn = networkIn(found);
          const name = networkNameIn(found);
          if (asn !== undefined && name !== undefined) networkNames.set(asn, name);
          return { asn };
        }
      }
    },
    networkName: (asn) => networkNames.get(asn),
  };
}
