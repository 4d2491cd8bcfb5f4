import type { Json } from "../core/session.js";
import { readJson } from "./formats/json.js";

/** An edit of a list in JSON that takes out the members meant; an empty list is deleted, one without them stays as it is. */
export function withoutMembers(isMeant: (member: Json) => boolean): (value: Buffer) => Buffer | "delete" | undefined {
  return (value) => {
    const list = readJson(value);
    if (!Array.isArray(list)) return undefined;
    const left = list.filter((member: Json) => !isMeant(member));
    if (left.length === list.length) return undefined;
    return left.length === 0 ? "delete" : Buffer.from(JSON.stringify(left));
  };
}
