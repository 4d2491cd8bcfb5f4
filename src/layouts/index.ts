import { SessctlError } from "../core/errors.js";
import { betterAuth } from "./better-auth.js";
import { connectRedis } from "./connect-redis.js";
import { django } from "./django.js";
import { flaskSession } from "./flask-session.js";
import { koaGenericSession } from "./koa-generic-session.js";
import { koaSession } from "./koa-session.js";
import { laravel } from "./laravel.js";
import type { Layout } from "./layout.js";
import { nextAuth } from "./next-auth.js";
import { php } from "./php.js";
import { redisSessions } from "./redis-sessions.js";
import { shopify } from "./shopify.js";
import { springSession } from "./spring-session.js";

/** Every layout but sessctl's own. To add one, write its file as `layout.ts` says and add its line. */
export const layouts: readonly Layout[] = [
  connectRedis,
  koaGenericSession,
  koaSession,
  redisSessions,
  betterAuth,
  nextAuth,
  shopify,
  php,
  laravel,
  flaskSession,
  django,
  springSession,
];

/** The layout with this name; `invalid-argument` names those there are. */
export function layoutNamed(name: string): Layout {
  const layout = layouts.find((candidate) => candidate.name === name);
  if (layout !== undefined) return layout;
  throw new SessctlError("invalid-argument", `there is no layout ${JSON.stringify(name)}`, {
    hint: `Layouts: native, ${layouts.map((known) => known.name).join(", ")}.`,
  });
}
