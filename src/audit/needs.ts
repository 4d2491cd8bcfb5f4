import type { GeoKind, GeoReader } from "../clients/geography/geo-reader.js";
import type { Capabilities, DirectorySession } from "../core/ports.js";
import type { SessionData } from "../core/session.js";

/** Something that a rule cannot do without: about sessions, from the layout, or from data. */
export type NeedName = Need | "switches" | "events" | "idStatistics" | GeoKind;

/** Something about a session that a rule cannot do without. */
type Need =
  | "client"
  | "userAgent"
  | "address"
  | "user"
  | "createdAt"
  | "authenticatedAt"
  | "rotatedAt"
  | "cookie"
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
  authenticatedAt: {
    name: "when its user was authenticated",
    lacking: possible,
    tells: ({ authenticatedAt }) => authenticatedAt !== undefined,
  },
  rotatedAt: {
    name: "when its id was changed",
    lacking: possible,
    tells: ({ rotatedAt }) => rotatedAt !== undefined,
  },
  cookie: {
    name: "its cookie",
    lacking: possible,
    tells: (session) => storedCookie(session) !== undefined,
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

/** The cookie that express-session and its kin keep in the session, as stored; `undefined` where there is none. */
export function storedCookie({ cookie }: DirectorySession): SessionData | undefined {
  return cookie;
}

/** What an audit has to go by beside the sessions. */
export interface Means {
  readonly capabilities: Capabilities;
  readonly layout: string;
  readonly geo: GeoReader | undefined;
  /** Whether the directory can tell of the ids of all sessions together. */
  readonly hasIdStatistics: boolean;
}

/** Why a rule with these needs cannot run, whatever the sessions hold; `undefined` when it may. */
export function lackOf(needs: readonly NeedName[], means: Means): string | undefined {
  const { capabilities, layout, geo } = means;
  for (const need of needs) {
    if (need === "switches" && !capabilities.switches)
      return `layout ${layout} does not keep the clients before the last`;
    if (need === "events" && !capabilities.events) return `layout ${layout} keeps no events`;
    if (need === "idStatistics" && !means.hasIdStatistics) {
      return `layout ${layout} keeps no ids as they are sent, so nothing can be said of them`;
    }
    if (isGeo(need)) {
      const why = geo === undefined ? `no ${need} data was given` : geo.lacks(need);
      if (why !== undefined) return why;
    }
  }
  const lacking = ofSessions(needs)
    .filter((need) => tellings[need].lacking(capabilities))
    .map((need) => tellings[need].name);
  return lacking.length === 0 ? undefined : `layout ${layout} does not tell ${lacking.join(", ")}`;
}

function isGeo(need: NeedName): need is GeoKind {
  return need === "country" || need === "asn" || need === "city";
}

function ofSessions(needs: readonly NeedName[]): readonly Need[] {
  return needs.filter((need): need is Need => Object.hasOwn(tellings, need));
}

/** Notices which needs at least one session met. */
export class MetNeeds {
  #open: Need[];

  constructor(needs: Iterable<NeedName>) {
    this.#open = [...new Set(ofSessions([...needs]))];
  }

  see(session: DirectorySession): void {
    for (const need of this.#open) {
      if (tellings[need].tells(session)) this.#open = this.#open.filter((other) => other !== need);
    }
  }

  /** Why a rule with these needs saw nothing it could judge; `undefined` when it did. */
  unmet(needs: readonly NeedName[]): string | undefined {
    const open = ofSessions(needs).filter((need) => this.#open.includes(need));
    return open.length === 0 ? undefined : `no session tells ${open.map((need) => tellings[need].name).join(", ")}`;
  }
}
