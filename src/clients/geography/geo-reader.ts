import type { ParsedAddress } from "./address.js";

/** A kind of data about addresses. */
export type GeoKind = "country" | "asn" | "city";

/** Where something is on the globe, as a city database tells it. */
export interface City {
  /** Hostile only as far as the database is. */
  readonly name: string | undefined;
  readonly latitude: number;
  readonly longitude: number;
  /** How far off it may be, km. */
  readonly radiusKm: number;
}

/** Where an address is, as far as the data at hand tells; private and reserved addresses are nowhere. */
export interface Place {
  /** ISO 3166-1 alpha-2: `NO`. */
  readonly country: string | undefined;
  /** Number of the network (autonomous system) that announces the address. */
  readonly asn: number | undefined;
  readonly city: City | undefined;
}

/** A data set in use, and the day it is of (`2026-06-17`); `unknown` when it does not say. */
export interface DataSet {
  readonly kind: GeoKind;
  readonly name: string;
  readonly date: string;
}

/** Tells where addresses are. What no data set covers is `undefined`. */
export interface GeoReader {
  /** `address`: what `ip` reads as, for who knows it already. */
  readonly place: (ip: string, address?: ParsedAddress) => Place;
  /** What a network calls itself. */
  readonly networkName: (asn: number) => string | undefined;
  /** The data sets in use. */
  readonly data: readonly DataSet[];
  /** Why there is no data of a kind, as in "there is no city database"; `undefined` when there is. */
  readonly lacks: (kind: GeoKind) => string | undefined;
}

/** What one data set says of an address. */
export interface GeoSource {
  readonly data: DataSet;
  readonly place: (address: ParsedAddress) => Partial<Place>;
  readonly networkName?: (asn: number) => string | undefined;
}
