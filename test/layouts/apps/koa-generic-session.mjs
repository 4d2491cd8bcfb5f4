// koa-generic-session on koa-redis, with sessions of an hour.
import { Redis } from "ioredis";
import Koa from "koa";
import session from "koa-generic-session";
import redisStore from "koa-redis";
import { listen, loginOf, socket } from "./serve.mjs";

const app = new Koa();
app.keys = ["s"];
app.use(session({ store: redisStore({ client: new Redis(socket) }), cookie: { maxAge: 3_600_000 } }));
app.use((context) => {
  if (context.path === "/login") {
    const { user, ip, userAgent } = loginOf(context.url);
    Object.assign(context.session, { passport: { user }, meta: { ip, ua: userAgent } });
  }
  const user = context.session.passport?.user;
  context.status = user === undefined ? 401 : 200;
  context.body = user ?? "";
});
listen(app.callback());
