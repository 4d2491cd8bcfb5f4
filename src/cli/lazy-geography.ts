import type { GeoReader } from "../clients/geography/geo-reader.js";
import type { GeoSettings } from "./geography.js";

/** Opens the geography; what reads it is loaded with it. */
export async function geography(settings: GeoSettings): Promise<GeoReader> {
  const { openGeography } = await import("./geography.js");
  return openGeography(settings);
}

/** The geography, when one of these texts (columns, a filter) may ask for it; else nothing is loaded. */
export async function geographyFor(
  settings: GeoSettings,
  ...texts: readonly (string | undefined)[]
): Promise<GeoReader | undefined> {
  return texts.some((text) => /\b(?:country|asn)\b/i.test(text ?? "")) ? await geography(settings) : undefined;
}
