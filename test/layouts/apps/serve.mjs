import { createServer } from "node:http";

/**
 * The frame of the small applications here: each is what a user of that framework would write, on the Redis whose socket
 * is its first argument. `GET /login?user=u1` begins a session, `GET /me` answers 200 with its user, or 401.
 */
export const socket = process.argv[2];

/** What a request's query says of who logs in. */
export function loginOf(url) {
  const query = new URL(url, "http://localhost").searchParams;
  return { user: query.get("user"), ip: "203.0.113.7", userAgent: "curl/8.5.0" };
}

/** Serves on a free port, and tells the parent process which. What a listener throws ends the process, to be seen. */
export function listen(listener) {
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, "127.0.0.1", () => process.stdout.write(`port ${server.address().port}\n`));
}
