// express-session on connect-redis, with sessions of an hour.
import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import { createClient } from "redis";
import { listen, loginOf, socket } from "./serve.mjs";

const client = await createClient({ socket: { path: socket } }).connect();
const app = express();
app.use(
  session({
    store: new RedisStore({ client }),
    secret: "s",
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 3_600_000 },
  }),
);
app.get("/login", (request, response) => {
  const { user, ip, userAgent } = loginOf(request.url);
  Object.assign(request.session, { userId: user, ip, userAgent });
  response.end(user);
});
app.get("/me", (request, response) => response.status(request.session.userId ? 200 : 401).end(request.session.userId));
listen(app);
