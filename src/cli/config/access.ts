import type { Settings } from "../settings/index.js";
import { passwordOf, textOfFile } from "./password.js";

/** How the settings say to get in: names, and the texts of the files that they name. */
export interface Access {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number | undefined;
  readonly tls: Tls | undefined;
}

/** Texts in PEM. */
interface Tls {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly servername: string | undefined;
}

/** Gets all that is needed to get in, when a connection is wanted and not before. What cannot be had is `denied`. */
export async function accessOf(settings: Settings, env: NodeJS.ProcessEnv): Promise<Access> {
  const { username, db, tlsCa, tlsCert, tlsKey, tlsServername } = settings;
  const read = (file: string | undefined, key: string) => (file === undefined ? undefined : textOfFile(file, key));
  const hasTls = [tlsCa, tlsCert, tlsKey, tlsServername].some((option) => option !== undefined);
  return {
    username,
    db,
    password: await passwordOf(settings, env),
    tls: hasTls
      ? {
          ca: read(tlsCa, "tls.ca"),
          cert: read(tlsCert, "tls.cert"),
          key: read(tlsKey, "tls.key"),
          servername: tlsServername,
        }
      : undefined,
  };
}
