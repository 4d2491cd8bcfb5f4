import type { Place, Role } from "./role.js";

/** The rules of one user, in the words of Redis. */
export interface AclRules {
  readonly user: string;
  readonly role: Role["name"];
  readonly about: string;
  readonly keys: readonly string[];
  /** Begins with `-@all`. */
  readonly commands: readonly string[];
  /** `ACL SETUSER …`, for redis-cli: what the user had before is gone. */
  readonly setuser: string;
  /** `user …`, for an aclfile or redis.conf. */
  readonly line: string;
}

/**
 * The rules for a role in one place. `secret` is how the password stands in them: `#` and its SHA-256, or a placeholder
 * after `>`.
 */
export function aclRules(
  role: Role,
  { user, secret, ...place }: Place & { readonly user: string; readonly secret: string },
): AclRules {
  const keys = role.keys(place);
  const commands = ["-@all", ...role.commands.toSorted().map((command) => `+${command}`)];
  const rules = ["on", secret, "resetchannels", ...(role.channels?.(place) ?? []), ...keys, ...commands].join(" ");
  return {
    user,
    role: role.name,
    about: role.about,
    keys,
    commands,
    setuser: `ACL SETUSER ${user} reset ${rules}`,
    line: `user ${user} ${rules}`,
  };
}
