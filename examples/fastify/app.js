// Log in, see where you are logged in, log out here or everywhere else: sessions in Redis for Fastify 5.
//
//   REDIS_URL=redis://127.0.0.1:6379 node app.js        then open http://localhost:3000 (alice, wonderland)
//
// Browsers keep `Secure` cookies of http://localhost, Safari excepted: for it, and for other hosts without TLS, give
// sessionPlugin `cookie: { name: "session", secure: false }` while developing.
import { scryptSync, timingSafeEqual } from "node:crypto";
import fastify from "fastify";
import { createSessionStore } from "sessctl";
import { sessionPlugin } from "sessctl/fastify";

const store = createSessionStore({ redis: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });
const app = fastify();
app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, async (_, body) =>
  Object.fromEntries(new URLSearchParams(body)),
);
// Behind a proxy, say which: { store, trustedProxies: ["10.0.0.0/8"] }.
await app.register(sessionPlugin, { store });

app.get("/", async (request, reply) => {
  const { user, data } = request.session;
  reply.type("text/html");
  return user === undefined ? loginPage() : page(`<p>Hello ${escape(user)}, visit ${escape(data.visits ?? 0)}.</p>`);
});

app.post("/login", async (request, reply) => {
  const { user, password } = request.body ?? {};
  if (!passwordIsRight(user, password))
    return reply.code(401).type("text/html").send(loginPage("Wrong name or password."));
  await request.session.login(user, { level: "password" });
  return reply.redirect("/profile", 303);
});

app.get("/profile", async (request, reply) => {
  const { user, id } = request.session;
  if (user === undefined) return reply.redirect("/", 303);
  // Computed from the newest data, so that two tabs at once count as two.
  await request.session.save((data) => ({ ...data, visits: (data.visits ?? 0) + 1 }));
  const sessions = await store.listUser(user);
  const rows = sessions.map((session) => {
    const { ip, userAgent } = session.sightings.at(-1);
    const here = session.id === id ? " (this one)" : "";
    return `<li>${session.id.slice(0, 8)}${here}: ${escape(ip)}, ${escape(userAgent)}</li>`;
  });
  const title = `<p>${escape(user)} has ${rows.length} sessions (visit ${request.session.data.visits}):</p>`;
  return reply.type("text/html").send(page(`${title}<ul>${rows.join("")}</ul>`));
});

app.post("/logout", async (request, reply) => {
  await request.session.logout();
  return reply.redirect("/", 303);
});

app.post("/logout-everywhere-else", async (request, reply) => {
  const { user, id } = request.session;
  if (user === undefined) return reply.redirect("/", 303);
  const ended = await store.revokeUser(user, { except: id, reason: "logged out everywhere else" });
  return reply.type("text/html").send(page(`<p>Logged out at ${ended} other places.</p>`));
});

// A store that fails comes here as a 503: nobody is taken for anonymous because Redis is away.
app.setErrorHandler((error, request, reply) => {
  console.error(error);
  return reply
    .code(error.statusCode ?? 500)
    .type("text/html")
    .send("<p>Something is wrong on our side. Try again in a moment.</p>");
});
app.addHook("onClose", () => store.close());

/** The users of this example, each with a password; yours are in a database. */
const users = new Map([
  ["alice", scryptSync("wonderland", "salt of alice", 32)],
  ["bob", scryptSync("builder", "salt of bob", 32)],
]);

function passwordIsRight(user, password) {
  if (typeof user !== "string" || typeof password !== "string") return false;
  const given = scryptSync(password, `salt of ${user}`, 32);
  return timingSafeEqual(given, users.get(user) ?? scryptSync("nobody's", "salt", 32));
}

function loginPage(message = "") {
  return `<!doctype html><title>Log in</title><p>${message}</p><form method="post" action="/login">
    <input name="user" placeholder="alice" autocomplete="username" required>
    <input name="password" type="password" placeholder="wonderland" autocomplete="current-password" required>
    <button>Log in</button></form>`;
}

function page(content) {
  return `<!doctype html><title>Example</title>${content}<p><a href="/profile">Profile</a></p>
    <form method="post"><button formaction="/logout">Log out</button>
    <button formaction="/logout-everywhere-else">Log out everywhere else</button></form>`;
}

function escape(text) {
  return String(text).replaceAll(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log(`listening on http://localhost:${app.server.address().port}`);
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void app.close());
