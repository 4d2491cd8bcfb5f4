import { SessctlError } from "../../core/errors.js";
import type { ParsedAddress } from "./address.js";
import type { DataSet, GeoSource } from "./geo-reader.js";
import { RangeTable } from "./range-table.js";

/** A data set from a compiled table of countries, whose values are two letters, or of network numbers. */
export function tableSource(bytes: Uint8Array, data: DataSet, networkNames?: () => string): GeoSource {
  const table = decoded(bytes, data);
  const valueAt = ({ numbers, isPublic }: ParsedAddress): number | undefined => {
    if (!isPublic) return undefined;
    return numbers.family === 4 ? table.of4(numbers.value) : table.of6(numbers.high, numbers.low);
  };
  if (data.kind === "country") {
    const letters = new Map<number, string>();
    return {
      data,
      place(address) {
        const value = valueAt(address);
        if (value === undefined) return {};
        let country = letters.get(value);
        if (country === undefined) letters.set(value, (country = String.fromCharCode(value >> 8, value & 255)));
        return { country };
      },
    };
  }
  let names: ReadonlyMap<number, string> | undefined;
  return {
    data,
    place: (address) => ({ asn: valueAt(address) }),
    networkName(asn) {
      names ??= namesIn(networkNames?.() ?? "");
      return names.get(asn);
    },
  };
}

function decoded(bytes: Uint8Array, { name }: DataSet): RangeTable {
  try {
    return new RangeTable(bytes);
  } catch (cause) {
    throw new SessctlError("invalid-argument", `the table of ${name} that came with sessctl is damaged`, {
      hint: "Install sessctl again.",
      cause,
    });
  }
}

/** Lines of a number and a name. */
function namesIn(text: string): ReadonlyMap<number, string> {
  return new Map(
    text.split("\n").flatMap((line) => {
      const space = line.indexOf(" ");
      return space < 0 ? [] : [[Number(line.slice(0, space)), line.slice(space + 1)] as const];
    }),
  );
}
