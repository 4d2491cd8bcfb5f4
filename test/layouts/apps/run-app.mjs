import { spawn } from "node:child_process";
import path from "node:path";

/** Starts one of the applications here on a Redis (path of its socket). `stop` ends its process. */
export async function runApp(name, socket) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, `${name}.mjs`), socket], { stdio: "pipe" });
  let complaint = "";
  child.stderr.on("data", (text) => (complaint += text));
  const port = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      const match = /port (\d+)/.exec(String(text));
      if (match !== null) resolve(match[1]);
    });
    child.once("exit", () => reject(new Error(`${name} ended: ${complaint}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    /** Logs a user in: the cookie of the new session, and what the application calls the user. */
    async login(user) {
      const response = await fetch(`${origin}/login?user=${user}`);
      const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
      return { cookie: cookie.join("; "), user: await response.text() };
    },
    /** The status of a request with a cookie. */
    async visit(cookie) {
      return (await fetch(`${origin}/me`, { headers: { cookie } })).status;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    },
  };
}
