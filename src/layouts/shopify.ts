import type { Json, SessionData } from "../core/session.js";
import { jsonTime, readJson } from "./formats/json.js";
import { UndecodableError } from "./formats/plain.js";
import { withoutMembers } from "./edit-list.js";
import type { Layout } from "./layout.js";
import { walkedCapabilities } from "./walked-capabilities.js";

/** What opens the shop itself, and is for nobody's eyes. */
const secrets: ReadonlySet<string> = new Set(["id", "state", "accessToken", "refreshToken"]);

/**
 * What @shopify/shopify-app-session-storage-redis writes: `shopify_sessions_<id>` = `[["id",…],["shop",…],["expires",ms],…]`
 * without TTL, and `shopify_sessions_<shop>` = a list of the full names of the shop's keys.
 *
 * That list is read, changed and written back, so that sessions stored at the same time lose entries.
 */
export const shopify: Layout = {
  name: "shopify",
  title: "Shopify apps with @shopify/shopify-app-session-storage-redis",
  type: "string",
  keys: {
    prefix: "shopify_sessions_",
    glob: "*",
    isSession: (rest) => rest !== "migrations",
    usualRest:
      /(?:offline_[a-z0-9-]+\.myshopify\.com|[a-z0-9-]+\.myshopify\.com_\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  },
  capabilities: { ...walkedCapabilities, lastSeen: "none", client: false },
  notes: [
    "The user of an online session is the staff member's number, that of an offline session its shop.",
    "Revoking ends the application's access token here only; Shopify goes on accepting it until it ends or the app is uninstalled.",
    "No address, no user agent, no last activity is kept.",
  ],
  decode({ bytes }) {
    const record = readJson(bytes);
    if (!Array.isArray(record)) throw new UndecodableError("no list of properties");
    const properties = propertiesOf(record);
    // A shop's list of keys.
    if (properties === undefined) return undefined;
    const { shop, userId } = properties;
    const data = Object.fromEntries(Object.entries(properties).filter(([name]) => !secrets.has(name)));
    return { user: textOf(userId) ?? textOf(shop), idleEndsAt: jsonTime(properties["expires"]), data };
  },
  belongings({ key, prefix, bytes }) {
    const record = readJson(bytes);
    const shop = Array.isArray(record) ? propertiesOf(record)?.["shop"] : undefined;
    if (typeof shop !== "string") return [];
    return [{ do: "edit", key: `${prefix}${shop}`, edit: withoutMembers((name) => name === key) }];
  },
};

function propertiesOf(record: readonly Json[]): SessionData | undefined {
  if (record.length === 0) return undefined;
  const entries = record.filter(
    (entry): entry is readonly [string, Json] =>
      Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string",
  );
  return entries.length === record.length ? Object.fromEntries(entries) : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "number" || (typeof value === "string" && value !== "") ? String(value) : undefined;
}
