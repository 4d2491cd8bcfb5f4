import type { ClientReader } from "../core/binding.js";
import type { StoreSettings } from "../core/settings.js";
import type { Commands } from "./commands.js";
import type { KnownSessions } from "./known-sessions.js";
import type { Keys } from "./keys.js";
import type { LiveIndex } from "./live-index.js";
import type { RecordCodec } from "./record.js";
import type { SessionReader } from "./reader.js";
import type { Roller } from "./roller.js";
import type { ScriptRunner } from "./script.js";
import type { Throttle } from "./throttle.js";
import type { Validator } from "./validator.js";

/** What every operation on the native layout works with. */
export interface Context {
  readonly commands: Commands;
  readonly keys: Keys;
  readonly scripts: ScriptRunner;
  readonly reader: SessionReader;
  readonly codec: RecordCodec;
  readonly settings: StoreSettings;
  /** About how many events a shard keeps. */
  readonly eventsKept: number;
}

/** What an application's operations need beside it. */
export interface StoreContext extends Context {
  readonly validator: Validator;
  readonly roller: Roller;
  readonly live: LiveIndex;
  /** Left out where Redis does not keep the time: then a session that is still stored may be over. */
  readonly known: KnownSessions | undefined;
  readonly clients: ClientReader;
  /** Tells of dead tokens and refused clients, which come as often as somebody likes, now and then. */
  readonly reports: Throttle;
}
