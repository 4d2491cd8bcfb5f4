// koa-session on koa-redis: keys without a prefix, sessions of an hour.
import { Redis } from "ioredis";
import Koa from "koa";
import redisStore from "koa-redis";
import { createSession } from "koa-session";
import { listen, loginOf, socket } from "./serve.mjs";

const app = new Koa();
app.keys = ["s"];
app.use(createSession({ store: redisStore({ client: new Redis(socket) }), maxAge: 3_600_000 }, app));
app.use((context) => {
  if (context.path === "/login") {
    const { user, ip, userAgent } = loginOf(context.url);
    Object.assign(context.session, { userId: user, ip, userAgent });
  }
  context.status = context.session.userId ? 200 : 401;
  context.body = context.session.userId ?? "";
});
listen(app.callback());
