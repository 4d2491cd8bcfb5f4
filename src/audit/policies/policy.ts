/** What a policy asks of sessions and of the Redis that holds them. */
export interface Policy {
  readonly name: string;
  /** Ids of requirements. */
  readonly requirements: readonly string[];
  /** Longest time without a request; left out, inactivity is not limited. */
  readonly idleMs?: number | undefined;
  /** Longest time between two logins; left out, a lifetime is not limited. */
  readonly absoluteMs?: number | undefined;
}
