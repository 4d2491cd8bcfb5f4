import type { Json, SessionData } from "../core/session.js";
import type { Random } from "./random.js";

const goods = [
  "lamp",
  "desk",
  "chair",
  "teapot",
  "notebook",
  "headphones",
  "rucksack",
  "bicycle-pump",
  "raincoat",
] as const;
const locales = ["en-GB", "nb-NO", "sv-SE", "de-DE", "fr-FR", "es-ES", "pl-PL"] as const;

/** What a shop keeps in a session: a language, often a cart, sometimes where to go on. */
export function someData(random: Random): SessionData {
  const data: Record<string, Json> = { locale: random.pick(locales) };
  if (random.chance(0.6)) data["cart"] = Array.from({ length: random.whole(1, 4) }, () => someItem(random));
  if (random.chance(0.2)) data["returnTo"] = `/orders/${random.whole(1000, 9999)}`;
  if (random.chance(0.1)) data["coupon"] = `WINTER${random.whole(5, 20)}`;
  return data;
}

/** One line of a cart. */
export function someItem(random: Random): Json {
  return { sku: random.pick(goods), count: random.whole(1, 3) };
}
