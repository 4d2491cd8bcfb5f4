import type { Capabilities } from "../core/ports.js";
import type { SessionData } from "../core/session.js";
import type { Guesses } from "./mapping.js";

/**
 * How a framework keeps its sessions in Redis: pure decoding and encoding, no I/O.
 *
 * To add one: write `src/layouts/<name>.ts` that exports one `Layout`, add its line to `src/layouts/index.ts`, and its
 * cases (sessions by the real writer, keys that are none, values that cannot be decoded, what must be gone after a
 * revocation) to `test/layouts/cases/<name>.ts`, with a line in `test/layouts/cases/index.ts`. The contract suite, the
 * command line and the documentation find it there.
 *
 * A layout is handed the prefix in force; it never assumes its own. It tells what the record says and leaves out the
 * rest: nothing is guessed but in `guesses`, which people can see and override. The name of a session's key opens it for
 * whoever has it: it goes into no message, error or told field.
 */
export interface Layout {
  readonly name: string;
  /** Who writes it, for people. */
  readonly title: string;
  /** The type of a session's key. */
  readonly type: "string" | "hash";
  readonly keys: KeyForm;
  readonly capabilities: Capabilities;
  /** What people should know beside the capabilities, a sentence each. */
  readonly notes: readonly string[];
  /** Where applications commonly keep what the layout itself does not tell; the first path that holds something counts. */
  readonly guesses?: Guesses;
  /**
   * What a record tells. `undefined`: it is no session, such as a cache entry under the same prefix. Throws
   * `UndecodableError` for what should be a session and cannot be read.
   */
  decode(stored: Stored): Told | undefined;
  /** Whether a record found by chance is surely a session of this layout. Default: whether it decodes to one. */
  recognises?(stored: Stored): boolean;
  /** What goes with a session when it is revoked, beside its own key. Called for a record that decodes. */
  belongings?(stored: Stored): readonly Step[];
}

/** What the keys of sessions look like: `<prefix><rest>`. */
export interface KeyForm {
  /** The prefix where the application chose no other. */
  readonly prefix: string;
  /** Glob pattern of the rest, coarse: what it finds is looked at by `isSession`. */
  readonly glob: string;
  /** Whether the rest is that of a session's key, so that locks, indexes and the like are left out. Default: any. */
  readonly isSession?: (rest: string) => boolean;
  /** The rest as the framework makes it unless told otherwise, up to the key's end: by it a prefix that is not known is found. */
  readonly usualRest: RegExp;
}

/** Fields of a hash. */
export type Fields = ReadonlyMap<string, Buffer>;

/** A key that may be a session's, with what it holds. */
export interface Stored {
  /** The key's name. Whoever has it has the session. */
  readonly key: string;
  readonly prefix: string;
  /** What follows the prefix in the name. */
  readonly rest: string;
  /** With `type: "string"`: the value; else empty. */
  readonly bytes: Buffer;
  /** With `type: "hash"`: the fields; else empty. */
  readonly fields: Fields;
  /** When Redis lets go of the key, ms since 1970; `Infinity` without TTL. */
  readonly keyEndsAt: number;
}

/** What a record tells of its session. Times are ms since 1970; what it does not tell is left out. */
export interface Told {
  readonly user?: string | undefined;
  readonly level?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly createdAt?: number | undefined;
  readonly authenticatedAt?: number | undefined;
  /** When it was last used, where the record says it exactly. */
  readonly lastSeenAt?: number | undefined;
  /** The idle window in ms, where each use sets the key's TTL to it: last use follows from the TTL. */
  readonly idleMs?: number | undefined;
  /** When it ends unless it is used, where that is before its key does. */
  readonly idleEndsAt?: number | undefined;
  /** When it ends however it is used. */
  readonly endsAt?: number | undefined;
  readonly data?: SessionData | undefined;
  /** The cookie's settings, where the framework keeps them in the session. */
  readonly cookie?: SessionData | undefined;
}

/** One thing to do to a key that goes with a session. Its name must begin with the layout's prefix; any other is refused. */
export type Step =
  | { readonly do: "delete"; readonly key: string }
  | { readonly do: "remove-from-set"; readonly key: string; readonly member: Buffer }
  /** `unlessKey`: only when that key is not there, such as a set that became empty. */
  | {
      readonly do: "remove-from-sorted-set";
      readonly key: string;
      readonly member: Buffer;
      readonly unlessKey?: string;
    }
  /** Replaces a string by what `edit` makes of it, again and again until nobody wrote in between; its TTL stays. `undefined`: it may stay as it is. */
  | { readonly do: "edit"; readonly key: string; readonly edit: (value: Buffer) => Buffer | "delete" | undefined }
  /** Tells the application's processes something on a channel. */
  | { readonly do: "publish"; readonly key: string; readonly message: string }
  /** Reads a set, and then does what follows from each member. */
  | { readonly do: "each-member"; readonly key: string; readonly steps: (member: Buffer) => readonly Step[] };
