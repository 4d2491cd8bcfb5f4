import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { DataSet, GeoKind, GeoReader, GeoSource } from "../clients/geography/geo-reader.js";
import { mmdbSource } from "../clients/geography/mmdb-source.js";
import { createGeoReader } from "../clients/geography/reader.js";
import { tableSource } from "../clients/geography/table-source.js";
import { usageError } from "./errors.js";
import type { Settings } from "./settings/index.js";

/** The databases asked for, by option, variable or file. */
export type GeoSettings = Pick<Settings, "geoCountry" | "geoAsn" | "geoCity">;

/**
 * Opens what is to tell where addresses are: the databases asked for, else the tables that were built in. A usage error
 * for a file that cannot be read or is no database; what is simply not there the reader says itself.
 */
export function openGeography({ geoCountry, geoAsn, geoCity }: GeoSettings): GeoReader {
  const country = geoCountry === undefined ? builtIn("country") : fromFile(geoCountry, "country", "--geo-country");
  const asn = geoAsn === undefined ? builtIn("asn") : fromFile(geoAsn, "asn", "--geo-asn");
  const city = geoCity === undefined ? undefined : fromFile(geoCity, "city", "--geo-city");
  return createGeoReader(
    { ...(country && { country }), ...(asn && { asn }), ...(city && { city }) },
    {
      country: "there is no country data: this sessctl was built without it, and --geo-country names no database",
      asn: "there is no network (ASN) data: this sessctl was built without it, and --geo-asn names no database",
      city: "there is no city data: give a database with --geo-city",
    },
  );
}

function fromFile(file: string, kind: GeoKind, flag: string): GeoSource {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? String(error)})`;
    throw usageError(`${flag}: ${JSON.stringify(file)}: ${why}`, "Give the path of an MMDB file.");
  }
  return mmdbSource(bytes, kind, `${flag}: ${JSON.stringify(file)}`);
}

/** Where the tables are beside this file: in the build, whichever of its files this ends up in, and in the sources. */
const folders = ["../geography", "../../geography", "../../dist/geography"];

function builtIn(kind: "country" | "asn"): GeoSource | undefined {
  const folder = folders.map((name) => path.join(import.meta.dirname, name)).find((one) => existsSync(one));
  if (folder === undefined) return undefined;
  const file = path.join(folder, `${kind}.bin`);
  if (!existsSync(file)) return undefined;
  const sets = JSON.parse(readFileSync(path.join(folder, "sets.json"), "utf8")) as Record<
    string,
    Omit<DataSet, "kind">
  >;
  const data = { name: kind, date: "unknown", ...sets[kind], kind };
  return tableSource(readFileSync(file), data, () =>
    brotliDecompressSync(readFileSync(path.join(folder, "asn-names.br"))).toString(),
  );
}
