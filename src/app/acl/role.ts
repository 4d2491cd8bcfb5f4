/** Who uses a Redis that holds sessions: the application, an operator who only looks, and one who may end sessions. */
export type RoleName = "application" | "reader" | "operator";

/** What a role may do, and on which keys. */
export interface Role {
  readonly name: RoleName;
  /** One sentence: who is to have it. */
  readonly about: string;
  /** Rules for keys of a namespace, as Redis writes them. */
  readonly keys: (namespace: string) => readonly string[];
  /** Commands and subcommands, as `get` and `acl|whoami`. */
  readonly commands: readonly string[];
}
