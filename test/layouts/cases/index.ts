import type { LayoutCases } from "./cases.js";
import { connectRedis } from "./connect-redis.js";
import { django } from "./django.js";
import { flaskSession } from "./flask-session.js";
import { laravel } from "./laravel.js";
import { php } from "./php.js";
import { springSession } from "./spring-session.js";

/** The cases of every layout, one or several lines each. */
export const layoutCases: readonly LayoutCases[] = [
  connectRedis,
  ...php,
  ...laravel,
  ...flaskSession,
  ...django,
  ...springSession,
];
