import java from "../fixtures/java-values.json" with { type: "json" };
import type { Fixture, FixtureKey, FixtureText } from "../../helpers/fixture.js";
import type { ExpectedSession, LayoutCases } from "./cases.js";

const values: Readonly<Record<string, string>> = java.values;

/**
 * Spring Session cannot be installed here. Its values are the JDK's, as its ObjectOutputStream wrote them
 * (scripts/fixtures/spring); the keys are derived from Spring Session's source, 3.5:
 *
 * - RedisSessionRepository: the hash alone, its TTL lastAccessedTime + maxInactiveInterval;
 * - RedisIndexedSessionRepository: the hash 300 s longer; an empty `sessions:expires:<id>`; the principal's set; and by
 *   its expiration policy `expirations:<minute>`, rounded up, or by the other policy the sorted set of all;
 * - ReactiveRedisIndexedSessionRepository: as the latter, with its indexes under `sessions:index:` and `:idx`.
 */
const writtenBy = { java: java.versions.java, "spring-session's source": "3.5" };
const writtenAt = 1_767_225_600_000;
const windowSeconds = 1800;
const endsAt = writtenAt + windowSeconds * 1000;
const endMinute = Math.ceil((endsAt + 1) / 60_000) * 60_000;
const namespace = "spring:session:";
const ids = {
  u1: "1c0e5f0a-3f63-4a53-a1a3-6a1f0e1d2c3b",
  u2: "9a7b6c5d-4e3f-4a1b-8c9d-0e1f2a3b4c5d",
  nobody: "77777777-0000-4000-8000-000000000000",
};
const principalName = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";

type Serialise = {
  readonly long: (value: number) => FixtureText;
  readonly int: (value: number) => FixtureText;
  readonly text: (value: string) => FixtureText;
  /** The context of u1, who logged in from 192.0.2.7. */
  readonly context: FixtureText;
};

const base64 = (hex: string): FixtureText => ({ base64: Buffer.from(hex, "hex").toString("base64") });

/** The JDK's: a Long ends with its 8 bytes, an Integer with its 4, a String is a length and its bytes. */
const jdk: Serialise = {
  long: (value) => base64((values["Long"] ?? "").slice(0, -16) + value.toString(16).padStart(16, "0")),
  int: (value) => base64((values["Integer"] ?? "").slice(0, -8) + (value >>> 0).toString(16).padStart(8, "0")),
  text: (value) =>
    base64(`aced000574${Buffer.byteLength(value).toString(16).padStart(4, "0")}${Buffer.from(value).toString("hex")}`),
  context: base64(values["security context"] ?? ""),
};

/** Jackson's, with the names of types that Spring Security's modules have it write. */
const json: Serialise = {
  long: String,
  int: String,
  text: (value) => JSON.stringify(value),
  context: JSON.stringify({
    "@class": "org.springframework.security.core.context.SecurityContextImpl",
    authentication: {
      "@class": "org.springframework.security.authentication.UsernamePasswordAuthenticationToken",
      authorities: ["java.util.Collections$UnmodifiableRandomAccessList", []],
      details: {
        "@class": "org.springframework.security.web.authentication.WebAuthenticationDetails",
        remoteAddress: "192.0.2.7",
        sessionId: ids.u1,
      },
      authenticated: true,
      principal: { "@class": "org.springframework.security.core.userdetails.User", username: "u1" },
      credentials: null,
    },
  }),
};

/** The three sessions: one by Spring Security, one whose application says its user, one of nobody that never ends. */
function hashes(as: Serialise, extraSeconds: number): FixtureKey[] {
  const hash = (id: string, seconds: number, attributes: Readonly<Record<string, FixtureText>>): FixtureKey => ({
    key: `${namespace}sessions:${id}`,
    ttlMs: seconds < 0 ? null : (seconds + extraSeconds) * 1000,
    hash: {
      creationTime: as.long(writtenAt - 60_000),
      lastAccessedTime: as.long(writtenAt),
      maxInactiveInterval: as.int(seconds),
      ...attributes,
    },
  });
  return [
    hash(ids.u1, windowSeconds, { "sessionAttr:SPRING_SECURITY_CONTEXT": as.context, "sessionAttr:gone": "" }),
    hash(ids.u2, windowSeconds, { [`sessionAttr:${principalName}`]: as.text("u2"), "sessionAttr:tab": as.text("é") }),
    hash(ids.nobody, -1, { "sessionAttr:visits": as.int(3) }),
  ];
}

const sessions = (): ExpectedSession[] => {
  const common = { createdAt: writtenAt - 60_000, lastSeenAt: writtenAt };
  return [
    {
      ...common,
      key: `${namespace}sessions:${ids.u1}`,
      user: "u1",
      client: { ip: "192.0.2.7" },
      idleEndsAt: endsAt,
      data: {},
    },
    { ...common, key: `${namespace}sessions:${ids.u2}`, user: "u2", idleEndsAt: endsAt, data: { tab: "é" } },
    { ...common, key: `${namespace}sessions:${ids.nobody}`, data: { visits: 3 } },
  ];
};

const expiresKeys = [ids.u1, ids.u2].map((id): FixtureKey => ({
  key: `${namespace}sessions:expires:${id}`,
  ttlMs: windowSeconds * 1000,
  string: "",
}));
const principals = (as: Serialise, index: string): FixtureKey[] => [
  { key: `${namespace}${index}:u1`, ttlMs: null, set: [as.text(ids.u1)] },
  { key: `${namespace}${index}:u2`, ttlMs: null, set: [as.text(ids.u2)] },
];
const sorted = (as: Serialise): FixtureKey => ({
  key: `${namespace}sessions:expirations`,
  ttlMs: null,
  zset: [
    [as.text(ids.u1), endsAt],
    [as.text(ids.u2), endsAt],
  ],
});
const byMinute = (as: Serialise): FixtureKey => ({
  key: `${namespace}expirations:${endMinute}`,
  ttlMs: (windowSeconds + 300) * 1000,
  set: [as.text(`expires:${ids.u1}`), as.text(`expires:${ids.u2}`)],
});
const named = (as: Serialise): FixtureKey[] =>
  (["u1", "u2"] as const).map((user) => ({
    key: `${namespace}sessions:${ids[user]}:idx`,
    ttlMs: null,
    set: [as.text(`${namespace}sessions:index:PRINCIPAL_NAME_INDEX_NAME:${user}`)],
  }));

/** By repository and serialiser: what each keeps. */
const repositories: Readonly<Record<string, readonly FixtureKey[]>> = {
  plain: hashes(jdk, 0),
  "plain, JSON": hashes(json, 0),
  indexed: [...hashes(jdk, 300), ...expiresKeys, ...principals(jdk, `index:${principalName}`), byMinute(jdk)],
  "indexed, JSON": [
    ...hashes(json, 300),
    ...expiresKeys,
    ...principals(json, `index:${principalName}`),
    byMinute(json),
  ],
  "indexed, one sorted set": [
    ...hashes(jdk, 300),
    ...expiresKeys,
    ...principals(jdk, `index:${principalName}`),
    sorted(jdk),
  ],
  "reactive, indexed": [
    ...hashes(jdk, 300),
    ...expiresKeys,
    ...principals(jdk, "sessions:index:PRINCIPAL_NAME_INDEX_NAME"),
    ...named(jdk),
    sorted(jdk),
  ],
};

/** Spring Session's, by each of its repositories. */
export const springSession: readonly LayoutCases[] = Object.entries(repositories).map(([repository, keys]) => ({
  layout: "spring-session",
  fixture: { writtenBy: { ...writtenBy, repository }, writtenAt, keys } satisfies Fixture,
  sessions,
  readAt: "writing",
  foreign: [
    { key: "spring:session:index:other", ttlMs: null, hash: { creationTime: jdk.long(1) } },
    { key: `spring:session:sessions:expires:${ids.nobody.replace("7", "8")}`, ttlMs: 60_000, string: "" },
    { key: "spring:cache:sessions", ttlMs: 60_000, hash: { a: "1" } },
    { key: "spring:session:sessions:of-another-type", ttlMs: null, string: "x" },
  ],
  corrupt: [
    // What a request leaves behind that ends after the session did.
    { key: `${namespace}sessions:late`, ttlMs: 60_000, hash: { lastAccessedTime: jdk.long(1) }, why: /^no / },
    {
      key: `${namespace}sessions:kryo`,
      ttlMs: null,
      hash: { creationTime: { base64: "AQID" }, lastAccessedTime: "x", maxInactiveInterval: "y" },
      why: /^not JSON$/,
    },
    {
      key: `${namespace}sessions:text`,
      ttlMs: 60_000,
      hash: { creationTime: jdk.text("1"), lastAccessedTime: jdk.long(1), maxInactiveInterval: jdk.int(1) },
      why: /is no number$/,
    },
  ],
}));
