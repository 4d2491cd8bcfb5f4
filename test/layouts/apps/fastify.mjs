// @fastify/session on connect-redis, with sessions of an hour.
import fastifyCookie from "@fastify/cookie";
import fastifySession from "@fastify/session";
import { RedisStore } from "connect-redis";
import fastify from "fastify";
import { createClient } from "redis";
import { loginOf, socket } from "./serve.mjs";

const client = await createClient({ socket: { path: socket } }).connect();
const app = fastify();
await app.register(fastifyCookie);
await app.register(fastifySession, {
  store: new RedisStore({ client }),
  secret: "a secret of at least 32 characters",
  cookie: { maxAge: 3_600_000, secure: false },
});
app.get("/login", async (request) => {
  const { user, ip, userAgent } = loginOf(request.url);
  request.session.set("user", { id: user });
  request.session.set("client", { ip, userAgent });
  return user;
});
app.get("/me", async (request, reply) => {
  const user = request.session.get("user");
  return await reply.code(user === undefined ? 401 : 200).send(user?.id ?? "");
});
await app.listen({ port: 0, host: "127.0.0.1" });
process.stdout.write(`port ${app.server.address().port}\n`);
