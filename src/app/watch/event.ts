import { clientLabel } from "../../clients/label.js";
import type { ClientReader } from "../../core/binding.js";
import type { EventType, SessionEvent } from "../../core/event.js";
import { safe, type SafeText } from "../../core/safe-text.js";
import type { SessionId } from "../../core/token.js";
import { safely } from "./session.js";

/** Something that happened, its texts made safe. */
export interface WatchedEvent {
  readonly type: EventType;
  readonly at: number;
  readonly id: SessionId;
  readonly name: SafeText;
  readonly user: SafeText | undefined;
  readonly ip: SafeText | undefined;
  /** The user agent in a few words; `undefined` when the event has none. */
  readonly client: SafeText | undefined;
  readonly previousId: SessionId | undefined;
  /** Why, and by whom, where somebody said so. */
  readonly why: SafeText | undefined;
  /** What a text filter looks at, lower case. */
  readonly text: string;
}

/** An event as a live list shows it. */
export function watchedEvent(event: SessionEvent, reader: ClientReader): WatchedEvent {
  const { type, at, id, userAgent, previousId, reason, actor } = event;
  const why = [reason, actor === undefined ? undefined : `by ${actor}`].filter((part) => part !== undefined).join(" ");
  const row = {
    name: safe(id),
    user: safely(event.user),
    ip: safely(event.ip),
    client: userAgent === undefined ? undefined : safe(clientLabel(userAgent, reader)),
    why: why === "" ? undefined : safe(why),
  };
  return { type, at, id, previousId, ...row, text: [type, ...Object.values(row)].join("\n").toLowerCase() };
}
