import { describe, expect, it } from "vitest";
import { mmdbSource } from "../../../src/clients/geography/mmdb-source.js";
import { parseAddress } from "../../../src/clients/geography/address.js";
import type { GeoKind, GeoSource } from "../../../src/clients/geography/geo-reader.js";
import { SessctlError } from "../../../src/core/errors.js";
import { mmdbOf } from "../../helpers/mmdb.js";

const open = (kind: GeoKind, record: Parameters<typeof mmdbOf>[0][string]) =>
  mmdbSource(mmdbOf({ "203.0.113.0/24": record, "2001:db8:1::/48": record }), kind, "file");

const placeIn = (source: GeoSource, ip: string) => {
  const address = parseAddress(ip);
  if (address === undefined) throw new Error(`${ip} is no address`);
  return source.place(address);
};

describe("an MMDB", () => {
  it.each([{ country: { iso_code: "NO" } }, { country_code: "NO" }, { country: "no" }])(
    "tells the country in the form %j",
    (record) => {
      const source = open("country", record);
      expect(placeIn(source, "203.0.113.7")).toEqual({ country: "NO" });
      expect(placeIn(source, "2001:db8:1::7")).toEqual({ country: "NO" });
      expect(placeIn(source, "203.0.114.7")).toEqual({ country: undefined });
    },
  );

  it.each([
    { autonomous_system_number: 64500, autonomous_system_organization: "Example" },
    { asn: "AS64500", name: "Example" },
    { asn: 64500, as_name: "Example" },
  ])("tells the network in the form %j", (record) => {
    const source = open("asn", record);
    expect(placeIn(source, "203.0.113.7")).toEqual({ asn: 64500 });
    expect(source.networkName?.(64500)).toBe("Example");
  });

  it.each([
    [
      { city: { names: { en: "Oslo" } }, location: { latitude: 59.91, longitude: 10.75, accuracy_radius: 20 } },
      { name: "Oslo", latitude: 59.91, longitude: 10.75, radiusKm: 20 },
    ],
    [
      { city: "Oslo", lat: "59.91", lng: "10.75" },
      { name: "Oslo", latitude: 59.91, longitude: 10.75, radiusKm: 50 },
    ],
    [{ city: "Oslo" }, undefined],
    [{ latitude: 991.5, longitude: 0 }, undefined],
  ])("tells the city of %j", (record, city) => {
    expect(placeIn(open("city", record), "203.0.113.7")).toEqual({ city });
  });

  it("tells its name and day", () => {
    const source = mmdbSource(
      mmdbOf({ "1.0.0.0/8": { country: "AU" } }, "My-Country", 1_780_000_000),
      "country",
      "file",
    );
    expect(source.data).toEqual({ kind: "country", name: "My-Country", date: "2026-05-28" });
  });

  const whole = mmdbOf({ "0.0.0.0/1": { country: "AU" }, "128.0.0.0/1": { country: "NO" } });
  it.each([
    ["empty", Buffer.alloc(0)],
    ["text", Buffer.from("IP2LOCATION")],
    ["cut off", whole.subarray(0, 40)],
    ["without its beginning", whole.subarray(whole.length - 100)],
    [
      "with a record that makes no sense",
      Buffer.concat([whole.subarray(0, 600), Buffer.alloc(40, 0xff), whole.subarray(640)]),
    ],
  ])("that is %s is an error that names the file", (_, bytes) => {
    let error: unknown;
    try {
      const source = mmdbSource(bytes, "country", "geo.mmdb");
      for (let n = 0; n < 256; n++) placeIn(source, `${n}.1.1.1`);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(SessctlError);
    expect(error).toMatchObject({ code: "invalid-argument", message: "geo.mmdb is no MMDB, or a damaged one" });
  });
});
