import type { Capabilities, DirectorySession } from "../core/ports.js";

/** Something about a session that a rule cannot do without. */
export type Need =
  | "client"
  | "userAgent"
  | "address"
  | "user"
  | "createdAt"
  | "lastSeenAt"
  | "idleEnd"
  | "data"
  | "size";

interface Telling {
  /** What it is, for "the layout does not tell …". */
  readonly name: string;
  /** Whether the layout says that it never tells. */
  readonly lacking: (capabilities: Capabilities) => boolean;
  readonly tells: (session: DirectorySession) => boolean;
}

const possible = (): boolean => false;

const tellings: Readonly<Record<Need, Telling>> = {
  client: {
    name: "the client",
    lacking: (capabilities) => !capabilities.client,
    tells: ({ sightings }) => sightings.some(({ ip, userAgent }) => ip !== undefined || userAgent !== undefined),
  },
  userAgent: {
    name: "the user agent",
    lacking: (capabilities) => !capabilities.client,
    tells: ({ sightings }) => sightings.some(({ userAgent }) => userAgent !== undefined),
  },
  address: {
    name: "the address",
    lacking: (capabilities) => !capabilities.client,
    tells: ({ sightings }) => sightings.some(({ ip }) => ip !== undefined),
  },
  user: { name: "the user", lacking: possible, tells: ({ user }) => user !== undefined },
  createdAt: {
    name: "when it was created",
    lacking: (capabilities) => !capabilities.created,
    tells: ({ createdAt }) => createdAt !== undefined,
  },
  lastSeenAt: {
    name: "when it was last seen",
    lacking: (capabilities) => capabilities.lastSeen === "none",
    tells: ({ lastSeenAt }) => lastSeenAt !== undefined,
  },
  idleEnd: { name: "when it ends unused", lacking: possible, tells: ({ idleEndsAt }) => idleEndsAt !== undefined },
  data: { name: "its data", lacking: (capabilities) => !capabilities.data, tells: ({ data }) => data !== undefined },
  size: { name: "its size", lacking: possible, tells: ({ bytes }) => bytes !== undefined },
};

/** Why a layout cannot serve a rule with these needs, whatever its sessions hold; `undefined` when it may. */
export function lackOf(needs: readonly Need[], capabilities: Capabilities, layout: string): string | undefined {
  const lacking = needs.filter((need) => tellings[need].lacking(capabilities)).map((need) => tellings[need].name);
  return lacking.length === 0 ? undefined : `layout ${layout} does not tell ${lacking.join(", ")}`;
}

/** Notices which needs at least one session met. */
export class MetNeeds {
  #open: Need[];

  constructor(needs: Iterable<Need>) {
    this.#open = [...new Set(needs)];
  }

  see(session: DirectorySession): void {
    if (this.#open.length > 0) this.#open = this.#open.filter((need) => !tellings[need].tells(session));
  }

  /** Why a rule with these needs saw nothing it could judge; `undefined` when it did. */
  unmet(needs: readonly Need[]): string | undefined {
    const missing = needs.filter((need) => this.#open.includes(need)).map((need) => tellings[need].name);
    return missing.length === 0 ? undefined : `no session tells ${missing.join(", ")}`;
  }
}
