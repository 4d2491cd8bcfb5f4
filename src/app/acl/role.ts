/** Who uses a Redis that holds sessions: the application, an operator who only looks, and one who may end sessions. */
export type RoleName = "application" | "reader" | "operator";

/** Where sessions are. */
export interface Place {
  readonly namespace: string;
  /** What the names of other frameworks' keys begin with. */
  readonly prefix: string;
}

/** What a role may do, and on which keys. */
export interface Role {
  readonly name: RoleName;
  /** One sentence: who is to have it. */
  readonly about: string;
  /** Rules for keys of a namespace, and where sessions are of another framework for those with its prefix, as Redis writes them. */
  readonly keys: (place: Place) => readonly string[];
  /** Rules for channels; default: none, since none is used. */
  readonly channels?: (place: Place) => readonly string[];
  /** Commands and subcommands, as `get` and `acl|whoami`. */
  readonly commands: readonly string[];
}
