import { type SessionId, shardOfId } from "../../core/token.js";
import { defineScript, oneOf } from "../script.js";
import source from "./create.lua";

interface Create {
  readonly id: SessionId;
  readonly user: string | undefined;
  readonly record: string;
  readonly now: number;
  readonly idleEndsAt: number;
  readonly endsAt: number;
}

export const createScript = defineScript(source, {
  call: ({ id, user, record, now, idleEndsAt, endsAt }: Create, keys) => ({
    keys: [keys.session(id), keys.live(shardOfId(id)), ...(user === undefined ? [] : [keys.user(user)])],
    args: [record, id, now, idleEndsAt, endsAt],
  }),
  decode: oneOf("ok", "exists"),
});
