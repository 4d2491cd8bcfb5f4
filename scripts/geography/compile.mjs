// Makes dist/geography/ from the data packages: which country and which network (ASN) an address is in. A package that is
// not there is left out, and the program then says so. Takes seconds, so what was made of the same packages is kept.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { joined, rangesOfCsv, rangesOfMmdb } from "./ranges.mjs";
import { encodeTable } from "./table.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.resolve(here, "../../node_modules");

const sets = [
  {
    file: "country",
    package: "@ip-location-db/geo-whois-asn-country-mmdb",
    credit:
      "Countries of address ranges: ip-location-db geo-whois-asn-country (CC0 1.0), from statistics of the NRO (CC BY 4.0)",
    make(folder, out) {
      const country = (record) => {
        const code = record?.country_code ?? record?.country?.iso_code;
        return /^[A-Z]{2}$/.test(code ?? "") ? code.charCodeAt(0) * 256 + code.charCodeAt(1) : undefined;
      };
      const of = (family) =>
        joined(rangesOfMmdb(`${folder}/geo-whois-asn-country-ipv${family}.mmdb`, family === 6, country));
      writeFileSync(`${out}/country.bin`, encodeTable({ ipv4: of(4), ipv6: of(6) }));
    },
  },
  {
    file: "asn",
    package: "@ip-location-db/asn",
    credit:
      "Networks of address ranges: ip-location-db asn (CC BY 4.0), from RouteViews (routeviews.org), DB-IP (db-ip.com) and the NRO (nro.net), joined and cut to 64 bits of IPv6",
    make(folder, out) {
      const names = new Map();
      const of = (family) => joined(rangesOfCsv(`${folder}/asn-ipv${family}-num.csv`, family === 6, names));
      writeFileSync(`${out}/asn.bin`, encodeTable({ ipv4: of(4), ipv6: of(6) }));
      const lines = [...names].toSorted(([a], [b]) => a - b).map(([number, name]) => `${number} ${name}`);
      writeFileSync(`${out}/asn-names.br`, brotliCompressSync(lines.join("\n")));
    },
  },
];

/** Writes the tables to `out`/geography and gives the credit that each data set's licence asks for. */
export function compileGeography(out) {
  const there = sets.filter((set) => existsSync(path.join(modules, set.package, "package.json")));
  for (const set of sets) {
    if (!there.includes(set)) console.warn(`${set.package} is not installed: built without its data`);
  }
  const hash = createHash("sha256");
  for (const name of readdirSync(here).toSorted()) hash.update(readFileSync(path.join(here, name)));
  for (const set of there) hash.update(readFileSync(path.join(modules, set.package, "package.json")));
  const kept = path.join(modules, ".cache", "sessctl-geography", hash.digest("hex").slice(0, 16));
  if (!existsSync(kept)) make(there, kept);
  cpSync(kept, `${out}/geography`, { recursive: true });
  return there.map(({ credit }) => credit);
}

function make(there, kept) {
  const draft = `${kept}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const dates = {};
  for (const set of there) {
    const folder = path.join(modules, set.package);
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    set.make(folder, draft);
    dates[set.file] = { name, date: dateOf(version) };
  }
  writeFileSync(`${draft}/sets.json`, JSON.stringify(dates));
  try {
    renameSync(draft, kept);
  } catch {
    // Another build was faster.
    rmSync(draft, { recursive: true, force: true });
  }
}

/** These packages' versions end in the day and hour of their data: 2.3.2026061719. */
function dateOf(version) {
  const [, year, month, day] = /\.(\d{4})(\d\d)(\d\d)\d*$/.exec(version) ?? [];
  return year === undefined ? version : `${year}-${month}-${day}`;
}
