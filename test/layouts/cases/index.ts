import { betterAuth } from "./better-auth.js";
import type { LayoutCases } from "./cases.js";
import { expressSession, fastifySession } from "./connect-redis.js";
import { django } from "./django.js";
import { flaskSession } from "./flask-session.js";
import { koaGenericSession, koaSession } from "./koa.js";
import { laravel } from "./laravel.js";
import { nextAuth } from "./next-auth.js";
import { php } from "./php.js";
import { redisSessions } from "./redis-sessions.js";
import { shopify } from "./shopify.js";
import { springSession } from "./spring-session.js";

/** The cases of every layout, one or several lines each. */
export const layoutCases: readonly LayoutCases[] = [
  expressSession,
  fastifySession,
  koaSession,
  koaGenericSession,
  redisSessions,
  betterAuth,
  nextAuth,
  shopify,
  ...php,
  ...laravel,
  ...flaskSession,
  ...django,
  ...springSession,
];
