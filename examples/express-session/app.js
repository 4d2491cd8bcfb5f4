// An application of express-session, with sessctl's store in place of connect-redis and one line more, which lets
// `sessctl audit` see who uses each session.
//
//   REDIS_URL=redis://127.0.0.1:6379 node app.js        then open http://localhost:3000 (alice, wonderland)
import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import express from "express";
import session from "express-session";
import { recordClients, RedisStore } from "sessctl/express-session";

const store = new RedisStore({ redis: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });
const app = express();
app.disable("x-powered-by");
app.use(express.urlencoded({ extended: false }));
app.use(
  session({
    store,
    // Of an environment variable, so that sessions outlive a restart and several processes share them.
    secret: process.env.SESSION_SECRET ?? randomBytes(32).toString("base64"),
    resave: false,
    saveUninitialized: false,
    // With TLS: name "__Host-session" and secure: true.
    cookie: { httpOnly: true, sameSite: "lax", maxAge: 30 * 60_000 },
  }),
);
// The one line more. Behind a proxy, say which: recordClients({ trustedProxies: ["10.0.0.0/8"] }).
app.use(recordClients());

app.get("/", (req, res) => {
  const { user, visits } = req.session;
  res.send(user === undefined ? loginPage() : page(`<p>Hello ${escape(user)}, visit ${escape(visits ?? 0)}.</p>`));
});

app.post("/login", async (req, res) => {
  const { user, password } = req.body ?? {};
  if (!passwordIsRight(user, password)) return res.status(401).send(loginPage("Wrong name or password."));
  // A new id, and saved before anybody is told of it: a login that Redis did not take is none.
  await promisify(req.session.regenerate.bind(req.session))();
  req.session.user = user;
  await promisify(req.session.save.bind(req.session))();
  res.redirect(303, "/profile");
});

app.get("/profile", async (req, res) => {
  const { user } = req.session;
  if (user === undefined) return res.redirect(303, "/");
  req.session.visits = (req.session.visits ?? 0) + 1;
  const sessions = await sessionsOf(user);
  const rows = sessions.map(({ id, sessctl }) => {
    const { ip, userAgent } = sessctl?.sightings.at(-1) ?? {};
    return `<li>${id === req.sessionID ? "this one" : "another"}: ${escape(ip)}, ${escape(userAgent)}</li>`;
  });
  const title = `<p>${escape(user)} has ${rows.length} sessions (visit ${req.session.visits}):</p>`;
  res.send(page(`${title}<ul>${rows.join("")}</ul>`));
});

app.post("/logout", async (req, res) => {
  await promisify(req.session.destroy.bind(req.session))();
  res.clearCookie("connect.sid").redirect(303, "/");
});

app.post("/logout-everywhere-else", async (req, res) => {
  const { user } = req.session;
  if (user === undefined) return res.redirect(303, "/");
  const others = (await sessionsOf(user)).filter(({ id }) => id !== req.sessionID);
  await Promise.all(others.map(({ id }) => store.destroy(id)));
  res.send(page(`<p>Logged out at ${others.length} other places.</p>`));
});

// A store that fails comes here as a 503: nobody is taken for anonymous because Redis is away.
app.use((error, req, res, _next) => {
  console.error(error);
  res.status(error.statusCode ?? 500).send("<p>Something is wrong on our side. Try again in a moment.</p>");
});

/** express-session has no index by user: this reads all sessions, which sessctl's own store need not do. */
async function sessionsOf(user) {
  const found = [];
  for await (const batch of store.walk()) found.push(...batch.filter((session) => session.user === user));
  return found;
}

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

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => server.close(() => void store.close()));
}
