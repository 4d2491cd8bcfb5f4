/** What a policy asks of sessions and of the Redis that holds them. */
export interface Policy {
  readonly name: string;
  /** Ids of requirements. */
  readonly requirements: readonly string[];
  /** Longest time without a request; left out, any end of unused sessions will do. */
  readonly idleMs?: number | undefined;
  /** Longest time between two logins; left out, any end will do. */
  readonly absoluteMs?: number | undefined;
  /** Most live sessions of a user at a time; left out, only what is unusual among users is against it. */
  readonly maxPerUser?: number | undefined;
  /** Users whose accounts are disabled or deleted; left out, nobody can say whether their sessions ended. */
  readonly disabledUsers?: ReadonlySet<string> | undefined;
}
