// redis-sessions, which keeps no cookies itself: the token in one is the application's doing.
import redisSessions from "redis-sessions";
import { listen, loginOf, socket } from "./serve.mjs";

const RedisSessions = redisSessions.default;
// With a cache in each process, whose entries are taken back by a message.
const sessions = new RedisSessions({
  options: { url: "redis://unused", socket: { path: socket } },
  wipe: 0,
  cachetime: 60,
});
const app = "forum";
listen(async (request, response) => {
  if (request.url.startsWith("/login")) {
    const { user, ip, userAgent } = loginOf(request.url);
    const { token } = await sessions.create({ app, id: user, ip, ttl: 3600, d: { ua: userAgent, level: "aal1" } });
    response.setHeader("set-cookie", `token=${token}`);
    return response.end(user);
  }
  const token = /token=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  const session = token === undefined ? null : await sessions.get({ app, token });
  response.statusCode = session?.id === undefined ? 401 : 200;
  return response.end(session?.id ?? "");
});
