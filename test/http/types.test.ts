import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-types-"));
  mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["@types", "express", "fastify", "express-session"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
  }
  symlinkSync(root, path.join(folder, "node_modules", "sessctl"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says to a program, with the declarations of packages checked too where `skipLibCheck` is off. */
function compile(program: string, ...flags: string[]): string {
  writeFileSync(path.join(folder, "program.ts"), program);
  const options = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--types", "node", ...flags];
  try {
    return execFileSync(
      process.execPath,
      [path.join(root, "node_modules/typescript/bin/tsc"), ...options, "program.ts"],
      { cwd: folder, encoding: "utf8" },
    );
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const store = 'import { createMemorySessionStore } from "sessctl";\nconst store = createMemorySessionStore();\n';

describe("the types of a request's session", () => {
  it("are there in Express without a word", () => {
    const program = `${store}
      import express from "express";
      import { sessionMiddleware } from "sessctl/express";
      const app = express();
      app.use(sessionMiddleware({ store }));
      app.get("/", async (req, res) => {
        await req.session.login("alice", { level: "aal1" });
        const user: string | undefined = req.session.user;
        // @ts-expect-error: typed, and not any
        req.session.logIn();
        res.send(user);
      });`;
    expect(compile(program)).toBe("");
    expect(compile(program, "--skipLibCheck")).toBe("");
  });

  it("are there in Fastify without a word", () => {
    const program = `${store}
      import fastify from "fastify";
      import { sessionPlugin } from "sessctl/fastify";
      const app = fastify();
      await app.register(sessionPlugin, { store, cookie: { persistent: true } });
      app.get("/", async (request) => {
        await request.session.elevate("aal2");
        // @ts-expect-error: typed, and not any
        request.session.logIn();
        return request.session.data;
      });`;
    expect(compile(program, "--skipLibCheck")).toBe("");
  });

  it("let an application say what it keeps in the session", () => {
    const program = `
      import { sessionOf } from "sessctl/express";
      declare global {
        namespace Sessctl {
          interface SessionData {
            cart?: string[];
          }
        }
      }
      export async function add(req: Parameters<typeof sessionOf>[0], item: string) {
        const { data } = sessionOf(req);
        (data.cart ??= []).push(item);
        // @ts-expect-error: a cart is a list
        data.cart = 1;
        await sessionOf(req).save((newest) => ({ ...newest, cart: [...(newest.cart ?? []), item] }));
      }`;
    expect(compile(program, "--skipLibCheck")).toBe("");
  });

  it("leave express-session's own where both are in one program, and are had by sessionOf then", () => {
    const program = `${store}
      import express from "express";
      import session from "express-session";
      import { sessionMiddleware, sessionOf } from "sessctl/express";
      import { recordClients, RedisStore } from "sessctl/express-session";
      const app = express();
      app.use(session({ secret: "x", store: new RedisStore({ redis: "redis://127.0.0.1" }) }), recordClients());
      app.use(sessionMiddleware({ store, property: "auth" }));
      app.get("/", async (req) => {
        req.session.regenerate(() => undefined);
        await sessionOf(req).login("alice");
      });`;
    expect(compile(program, "--skipLibCheck")).toBe("");
  });
});
