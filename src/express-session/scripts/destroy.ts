import { defineScript } from "../../redis/script.js";
import source from "./destroy.lua";

interface Destroy {
  readonly key: string;
  readonly goneKey: string | undefined;
  readonly tombstoneMs: number;
}

export const destroyScript = defineScript(source, {
  call: ({ key, goneKey, tombstoneMs }: Destroy) => ({
    keys: goneKey === undefined ? [key] : [key, goneKey],
    args: [tombstoneMs],
  }),
  decode: (reply) => reply === 1,
});
