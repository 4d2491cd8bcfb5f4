import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const runFile = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;

describe("the packed package, installed elsewhere", () => {
  // Beyond the links of a temporary folder: Node tells files' real paths.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "sessctl-package-")));
  const installed = path.join(folder, "node_modules", "sessctl");

  beforeAll(async () => {
    const npm = (args: readonly string[], cwd: string) => runFile("npm", args, { cwd, env: plainEnvironment() });
    mkdirSync(path.join(folder, "tarball"));
    await npm(["pack", "--ignore-scripts", "--pack-destination", path.join(folder, "tarball")], root);
    const [tarball] = readdirSync(path.join(folder, "tarball"));
    writeFileSync(path.join(folder, "package.json"), '{ "name": "elsewhere", "private": true, "type": "module" }');
    const quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    await npm(["install", ...quiet, path.join(folder, "tarball", tarball ?? "")], folder);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has a sessctl that tells its version", async () => {
    const { stdout } = await runFile(path.join(folder, "node_modules", ".bin", "sessctl"), ["--version"], {
      cwd: folder,
    });
    expect(stdout.trim()).toContain(manifest.version);
  });

  test("has a library with named exports", async () => {
    const script = `
      import * as sessctl from "sessctl";
      import { createSessionStore, openDirectory, SessctlError } from "sessctl";
      const kinds = [createSessionStore, openDirectory, SessctlError].map((value) => typeof value);
      console.log(JSON.stringify({ kinds, hasDefault: "default" in sessctl }));`;
    writeFileSync(path.join(folder, "use.mjs"), script);
    const { stdout } = await runFile(process.execPath, ["use.mjs"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({ kinds: ["function", "function", "function"], hasDefault: false });
  });

  test("loads no web framework, except express-session for the store that is one of its classes", async () => {
    const script = `
      import { createMemorySessionStore, SessctlError } from "sessctl";
      import { sessionMiddleware, sessionOf } from "sessctl/express";
      import { sessionPlugin } from "sessctl/fastify";
      const missing = await import("sessctl/express-session").catch((error) => error.message);
      const sameErrors = (() => { try { sessionOf({}); } catch (error) { return error instanceof SessctlError; } })();
      sessionMiddleware({ store: createMemorySessionStore() });
      console.log(JSON.stringify({ plugin: typeof sessionPlugin, sameErrors, missing }));`;
    writeFileSync(path.join(folder, "entries.mjs"), script);
    const { stdout } = await runFile(process.execPath, ["entries.mjs"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      plugin: "function",
      sameErrors: true,
      missing: expect.stringContaining("Cannot find package 'express-session'"),
    });
  });

  test("has declarations that a strict consumer can use", async () => {
    const consumer = `
      import { createSessionStore, type SessionStore } from "sessctl";
      export const sessions: SessionStore = createSessionStore({ redis: "redis://127.0.0.1:6379" });
      // @ts-expect-error: the declarations are there, and say that a URL is no number
      createSessionStore({ redis: 6379 });`;
    writeFileSync(path.join(folder, "use.ts"), consumer);
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"];
    const types = ["--typeRoots", path.join(root, "node_modules/@types"), "--types", "node"];
    const { stdout } = await runFile(process.execPath, [tsc, ...options, ...types, "use.ts"], { cwd: folder });
    expect(stdout).toBe("");
  });

  test("carries what it needs and nothing else", () => {
    const top = readdirSync(installed).toSorted((a, b) => a.localeCompare(b));
    expect(top).toEqual(expect.arrayContaining(["bin", "dist", "LICENSE", "package.json"]));
    expect(
      top.filter(
        (name) => !["bin", "dist", "docs", "LICENSE", "package.json", "README.md", "CHANGELOG.md"].includes(name),
      ),
    ).toEqual([]);
    expect(readdirSync(path.join(installed, "dist")).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "chunks",
      "cli",
      "express-session.js",
      "express.js",
      "fastify.js",
      "geography",
      "index.js",
      "THIRD-PARTY-LICENSES.txt",
      "types",
    ]);
  });

  test("names the licence of every package that is bundled into the command line", () => {
    const licences = readFileSync(path.join(installed, "dist", "THIRD-PARTY-LICENSES.txt"), "utf8");
    const named = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \((.*)\)$/gm)];
    expect(named.map((match) => match[1])).toEqual(
      expect.arrayContaining(["commander", "chalk", "ioredis", "ua-parser-js", "ipaddr.js", "ink", "react"]),
    );
    const terms = named.map((match) => match[2]);
    expect(terms.length).toBeGreaterThan(20);
    expect(
      terms.filter(
        (licence) => !/^(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|\(MIT OR [^)]*\)|0BSD|Unlicense)$/.test(licence ?? ""),
      ),
    ).toEqual([]);
  });

  test("says nothing about the machine that it was built on", () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(10);
    const naming = files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) =>
        [root, homedir()].some((place) => place.length > 1 && readFileSync(file, "utf8").includes(`${place}/`)),
      );
    expect(naming).toEqual([]);
  });
});

describe("the versions of the packages used", () => {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<
      Record<string, Partial<Manifest> & { readonly resolved?: string; readonly integrity?: string }>
    >;
  };

  test("are exact in package.json", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter(([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("are those of the lock file", () => {
    const { dependencies, devDependencies } = lock.packages[""] ?? {};
    expect({ dependencies, devDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
    });
  });

  test("are locked by their contents, and not bound to one registry", () => {
    const packages = Object.entries(lock.packages).filter(([folder]) => folder !== "");
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  test("have ua-parser-js at 1.x: 2.x is under the AGPL", () => {
    expect(manifest.dependencies["ua-parser-js"]).toBe("1.0.41");
  });

  test("are what is installed", () => {
    expect(() =>
      execFileSync("npm", ["ls", "--depth=0", "--silent"], { cwd: root, env: plainEnvironment() }),
    ).not.toThrow();
  });
});

/** The environment without what `npm test` adds to it, which would be taken as options by the npm that a test runs. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_|package_|lifecycle_)/i.test(name)),
  );
}
