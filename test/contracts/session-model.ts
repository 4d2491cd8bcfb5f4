import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Issued,
  type Refusal,
  type Session,
  SessctlError,
  type SessionDirectory,
  type SessionStore,
  type StoreOptions,
} from "../../src/index.js";
import { hours, minutes, type TestClock } from "../helpers/clock.js";

/** One thing done to both stores. `pick` chooses among the tokens issued so far, dead ones included. */
export type Step =
  | { readonly do: "create"; readonly user: User; readonly client: ClientName; readonly lifetime: LifetimeName }
  | { readonly do: "validate"; readonly pick: number; readonly client: ClientName }
  | { readonly do: "update"; readonly pick: number; readonly n: number }
  | { readonly do: "rotate"; readonly pick: number; readonly level: "aal1" | "aal2" | undefined }
  | { readonly do: "login"; readonly pick: number; readonly user: "alice" | "bob"; readonly client: ClientName }
  | { readonly do: "destroy"; readonly pick: number }
  | { readonly do: "revokeUser"; readonly user: "alice" | "bob"; readonly except: number | undefined }
  | { readonly do: "advance"; readonly ms: number }
  | { readonly do: "cutoff"; readonly ago: number }
  | { readonly do: "sweep" };

type User = "alice" | "bob" | undefined;
type ClientName = keyof typeof clients;
type LifetimeName = keyof typeof lifetimes;

const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36";
const clients = {
  none: undefined,
  home: { ip: "203.0.113.7", userAgent: chrome },
  nextDoor: { ip: "203.0.113.8", userAgent: chrome },
  cafe: { ip: "198.51.100.20", userAgent: chrome },
  phone: { ip: "203.0.113.7", userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Safari/604.1" },
};
const lifetimes = {
  usual: {},
  short: { idleMs: minutes(5), absoluteMs: minutes(20) },
  remembered: { idleMs: hours(24), absoluteMs: hours(24 * 30) },
};
const users = ["alice", "bob"] as const;

const pick = fc.nat(30);
const user = fc.constantFrom(...users);
const client = fc.constantFrom<ClientName[]>("none", "home", "nextDoor", "cafe", "phone");
const times = [1, 999, 1000, minutes(4), minutes(5), minutes(29), minutes(30), hours(1), hours(12)];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("create"),
      user: fc.constantFrom<User[]>("alice", "bob", undefined),
      client,
      lifetime: fc.constantFrom<LifetimeName[]>("usual", "short", "remembered"),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("validate"), pick, client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("update"), pick, n: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("rotate"),
      pick,
      level: fc.constantFrom<("aal1" | "aal2" | undefined)[]>("aal1", "aal2", undefined),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("login"), pick, user, client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("destroy"), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("revokeUser"), user, except: fc.option(pick, { nil: undefined }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("advance"), ms: fc.constantFrom(...times) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cutoff"), ago: fc.constantFrom(...times) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sweep") }) },
);

/** A random life of two stores: the options of both, and what is done to both. */
export const lives = fc.record({
  options: fc.constantFrom<StoreOptions[]>(
    {},
    { maxPerUser: 2 },
    { maxPerUser: 2, onLimit: "refuse" },
    { binding: { onMismatch: "refuse" } },
    { binding: { ip: "exact", onMismatch: "revoke" }, maxPerUser: 3 },
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 20, size: "max" }),
});

/** A session that both stores issued at the same step. */
interface Alias {
  readonly reference: Issued;
  readonly subject: Issued;
  /** As both stores told last. */
  last: Session;
}

/**
 * Two stores that go through the same life with the same clock. Every answer of one is compared with the other's; tokens
 * and ids differ, so sessions are named by the order in which they were issued.
 *
 * The answers are the same but in one case: a session that is *over* (past a deadline, or before the cutoff) while its
 * record may still be stored. Both refuse it, always. Which reason they give depends on whether the record was cleaned
 * up before it was asked for: the memory store forgets it without a trace at its next sweep and then says `unknown`,
 * where Redis, which keeps it by the real clock and not by the moved one, says `expired` or, after a revocation or a
 * cutoff, `revoked`. For the same reason `revokeUser` may count such sessions. Redis never says `unknown` here: it knew
 * every token, and the tombstones outlive the test.
 */
export class TwoStores {
  readonly #reference: SessionStore;
  readonly #subject: SessionStore;
  readonly #directory: SessionDirectory;
  readonly #clock: TestClock;
  readonly #aliases: Alias[] = [];
  #cutoff = 0;

  constructor(stores: {
    readonly reference: SessionStore;
    readonly subject: SessionStore;
    readonly directory: SessionDirectory;
    readonly clock: TestClock;
  }) {
    this.#reference = stores.reference;
    this.#subject = stores.subject;
    this.#directory = stores.directory;
    this.#clock = stores.clock;
  }

  /** Does one step on both and compares what they answer, then what they list. */
  async take(step: Step): Promise<void> {
    await this.#do(step);
    for (const user of users) await this.#compareLists(user);
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case "create": {
        const options = { client: clients[step.client] ?? {}, ...lifetimes[step.lifetime] };
        this.#tick();
        return this.#issue((store) =>
          store.create(step.user === undefined ? options : { ...options, user: step.user }),
        );
      }
      case "validate":
        return this.#check(step.pick, (store, token) => store.validate(token, clients[step.client]));
      case "update":
        return this.#check(step.pick, (store, token) => store.update(token, (data) => ({ ...data, n: step.n })));
      case "rotate":
        return this.#reissue(step.pick, (store, token) =>
          store.rotate(token, step.level === undefined ? {} : { level: step.level }),
        );
      case "login": {
        const { user } = step;
        const options = { user, ...(step.client === "none" ? {} : { client: clients[step.client] ?? {} }) };
        this.#tick();
        return this.#reissue(step.pick, (store, token) => store.rotate(token, options));
      }
      case "destroy": {
        const alias = this.#alias(step.pick);
        if (alias === undefined) return;
        const { reference, subject } = await this.#both((store, of) => store.destroy(of(alias).token));
        assert.deepEqual(subject, reference);
        return;
      }
      case "revokeUser": {
        const except = step.except === undefined ? undefined : this.#alias(step.except);
        const over = this.#aliases.filter((alias) => this.#isOver(alias)).length;
        const { reference, subject } = await this.#both((store, of) =>
          store.revokeUser(step.user, except === undefined ? {} : { except: of(except).session.id }),
        );
        assert.ok(Math.abs(valueOf(subject) - valueOf(reference)) <= over);
        return;
      }
      case "advance":
        this.#clock.advance(step.ms);
        return;
      case "cutoff": {
        const before = this.#clock() - step.ago;
        this.#cutoff = Math.max(this.#cutoff, before);
        await this.#directory.cutoff(before);
        // The memory store has no cutoff; to end the same sessions there is the same to everyone but their holders.
        const cut = this.#aliases.filter(({ last }) => last.createdAt < before);
        for (const { reference } of cut) await this.#reference.destroy(reference.token);
        return;
      }
      case "sweep":
        await this.#both((store) => store.sweep());
    }
  }

  /** Sessions are begun a millisecond apart, so that the oldest of a user is never a matter of chance. */
  #tick(): void {
    this.#clock.advance(1);
  }

  #alias(pick: number): Alias | undefined {
    return this.#aliases[pick % Math.max(1, this.#aliases.length)];
  }

  #isOver({ last }: Alias): boolean {
    const now = this.#clock();
    return now >= last.endsAt || now >= last.idleEndsAt || last.createdAt < this.#cutoff;
  }

  async #both<T>(operation: (store: SessionStore, of: (alias: Alias) => Issued) => Promise<T>) {
    const reference = await outcomeOf(operation(this.#reference, (alias) => alias.reference));
    const subject = await outcomeOf(operation(this.#subject, (alias) => alias.subject));
    return { reference, subject };
  }

  async #issue(operation: (store: SessionStore) => Promise<Issued>): Promise<void> {
    const { reference, subject } = await this.#both(operation);
    if ("error" in reference || "error" in subject) assert.deepEqual(subject, reference);
    else this.#issued(reference.value, subject.value);
  }

  async #reissue(
    picked: number,
    operation: (store: SessionStore, token: string) => Promise<Issued | Refusal>,
  ): Promise<void> {
    const alias = this.#alias(picked);
    if (alias === undefined) return;
    const { reference, subject } = await this.#both((store, of) => operation(store, of(alias).token));
    if ("error" in reference || "error" in subject) assert.deepEqual(subject, reference);
    else if (reference.value.ok && subject.value.ok) this.#issued(reference.value, subject.value);
    else this.#compareRefusals(alias, reference.value, subject.value);
  }

  async #check(
    picked: number,
    operation: (store: SessionStore, token: string) => ReturnType<SessionStore["validate"]>,
  ): Promise<void> {
    const alias = this.#alias(picked);
    if (alias === undefined) return;
    const { reference, subject } = await this.#both((store, of) => operation(store, of(alias).token));
    const [expected, actual] = [valueOf(reference), valueOf(subject)];
    if (expected.ok && actual.ok) {
      assert.deepEqual(this.#named(actual.session), this.#named(expected.session));
      alias.last = expected.session;
    } else this.#compareRefusals(alias, expected, actual);
  }

  #issued(reference: Issued, subject: Issued): void {
    this.#aliases.push({ reference, subject, last: reference.session });
    assert.deepEqual(this.#named(subject.session), this.#named(reference.session));
  }

  #compareRefusals(alias: Alias, expected: { readonly ok: boolean }, actual: { readonly ok: boolean }): void {
    assert.notDeepEqual(actual, { ok: false, reason: "unknown" });
    if (!this.#isOver(alias)) assert.deepEqual(actual, expected);
    assert.equal(actual.ok, false);
    assert.equal(expected.ok, false);
  }

  async #compareLists(user: string): Promise<void> {
    const { reference, subject } = await this.#both((store) => store.listUser(user));
    const [expected, actual] = [valueOf(reference), valueOf(subject)].map((list) => {
      const times = list.map(({ lastSeenAt }) => lastSeenAt);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
      return list.map((session) => this.#named(session)).toSorted((a, b) => a.id - b.id);
    });
    assert.deepEqual(actual, expected);
  }

  /** The session with the number of its alias in place of its id, -1 when it was never issued. */
  #named(session: Session) {
    const id = this.#aliases.findIndex(({ reference, subject }) =>
      [reference.session.id, subject.session.id].includes(session.id),
    );
    return { ...session, id };
  }
}

type Outcome<T> = { readonly value: T } | { readonly error: string };

/** The value, or the code of an error that users may see; any other is a bug and thrown on. */
async function outcomeOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await promise };
  } catch (error) {
    if (error instanceof SessctlError) return { error: error.code };
    throw error;
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ("error" in outcome) throw new Error(`unexpected ${outcome.error}`);
  return outcome.value;
}
