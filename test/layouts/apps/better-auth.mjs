// better-auth with @better-auth/redis-storage; its users are in memory.
import { redisStorage } from "@better-auth/redis-storage";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { Redis } from "ioredis";
import { listen, loginOf, socket } from "./serve.mjs";

const auth = betterAuth({
  baseURL: "http://127.0.0.1",
  secret: "a secret of more than thirty-two characters",
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  secondaryStorage: redisStorage({ client: new Redis(socket) }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  advanced: { ipAddress: { ipAddressHeaders: ["x-test-ip"] } },
  telemetry: { enabled: false },
});
const handler = toNodeHandler(auth);

listen(async (request, response) => {
  if (!request.url.startsWith("/login") && !request.url.startsWith("/me")) return await handler(request, response);
  if (request.url.startsWith("/login")) {
    const { user, ip, userAgent } = loginOf(request.url);
    const body = { name: user, email: `${user}@example.com`, password: "correct horse battery" };
    const headers = new Headers({ "x-test-ip": ip, "user-agent": userAgent });
    const known = (await auth.$context).internalAdapter.findUserByEmail(body.email);
    const sign = (await known) === null ? auth.api.signUpEmail : auth.api.signInEmail;
    const answer = await sign({ body, headers, asResponse: true });
    response.setHeader("set-cookie", answer.headers.getSetCookie());
    return response.end((await answer.json()).user.id);
  }
  const session = await auth.api.getSession({ headers: new Headers({ cookie: request.headers.cookie ?? "" }) });
  response.statusCode = session === null ? 401 : 200;
  return response.end(session?.user.id ?? "");
});
