import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSessionStore, openDirectory, type TlsOptions } from "../../src/index.js";
import { createAuthority } from "../helpers/certificates.js";
import { type ServerProcess, startServer } from "../helpers/server.js";

/** Servers with TLS on the loopback interface: what is verified, and what is said when it is not right. */

const authority = createAuthority("sessctl test authority");
const other = createAuthority("another authority");
const client = authority.issue({});

let folder: string;
const servers: ServerProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sessctl-tls-"));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a server with this certificate; `more` are options of its own. Resolves to its port. */
async function serve({ cert, key }: { cert: string; key: string }, ...more: readonly string[]): Promise<number> {
  const port = await freePort();
  const user = ["--user", "ops", "on", ">s3cret", "~*", "&*", "+@all"];
  const args = [...tlsOptions(port, { cert, key }), "--save", "", ...user, ...more];
  servers.push(await startServer(args));
  return port;
}

/** The options of a server that speaks TLS on this port alone, and asks for no certificate unless told to. */
function tlsOptions(port: number, { cert, key }: { cert: string; key: string }): string[] {
  const name = path.join(folder, String(port));
  for (const [suffix, text] of Object.entries({ cert, key, ca: authority.cert })) {
    writeFileSync(`${name}.${suffix}`, text);
  }
  const files = `--tls-cert-file ${name}.cert --tls-key-file ${name}.key --tls-ca-cert-file ${name}.ca`;
  const options = `--port 0 --tls-port ${port} --tls-auth-clients no --bind 127.0.0.1 ${files} --dir ${folder}`;
  return options.split(" ");
}

async function freePort(): Promise<number> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const address = holder.address();
  await new Promise((resolve) => holder.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function count(port: number, tls?: TlsOptions, scheme = "rediss"): Promise<number> {
  const directory = openDirectory({ redis: `${scheme}://127.0.0.1:${port}`, ...(tls && { tls }) });
  try {
    return (await directory.count()).sessions;
  } finally {
    await directory.close();
  }
}

const refused = (message: RegExp, hint: RegExp): unknown =>
  expect.objectContaining({
    code: "unreachable",
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });

describe("a server with TLS", () => {
  let port: number;
  beforeAll(async () => {
    port = await serve(authority.issue({ names: ["127.0.0.1", "redis.test"] }));
  });
  const { cert: ca } = authority;

  it("is used when its certificate is of the authority given", async () => {
    const store = createSessionStore({
      redis: `rediss://127.0.0.1:${port}`,
      tls: { ca },
      username: "ops",
      password: "s3cret",
    });
    await store.create({ user: "alice" });
    expect(await store.listUser("alice")).toHaveLength(1);
    await store.close();
    expect(await count(port, { ca })).toBe(1);
  });

  it("is used when its certificate is for the name given", async () => {
    expect(await count(port, { ca, servername: "redis.test" })).toBe(1);
  });

  it("is refused by whoever does not know its authority", async () => {
    const expected = refused(/certificate is not of an authority that is trusted here/, /tls\.ca/);
    await expect(count(port)).rejects.toEqual(expected);
    await expect(count(port, { ca: other.cert })).rejects.toEqual(expected);
  });

  it("is refused when its certificate is for another name", async () => {
    const expected = refused(/certificate is for another name/, /servername/);
    await expect(count(port, { ca, servername: "elsewhere.test" })).rejects.toEqual(expected);
  });

  it("is not spoken to without TLS", async () => {
    await expect(count(port, undefined, "redis")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("refuses a wrong password as every other", async () => {
    const directory = openDirectory({
      redis: `rediss://127.0.0.1:${port}`,
      tls: { ca },
      username: "ops",
      password: "no",
    });
    await expect(directory.count()).rejects.toMatchObject({ code: "denied" });
    await directory.close();
  });
});

it("an expired certificate is refused", async () => {
  const port = await serve(authority.issue({ names: ["127.0.0.1"], until: new Date(Date.now() - 86_400_000) }));
  await expect(count(port, { ca: authority.cert })).rejects.toEqual(refused(/certificate has expired/, /renew/i));
});

describe("a server that asks for a certificate of ours", () => {
  let port: number;
  beforeAll(async () => {
    port = await serve(authority.issue({ names: ["127.0.0.1"] }), "--tls-auth-clients", "yes");
  });
  const { cert: ca } = authority;

  it("takes one of its authority", async () => {
    expect(await count(port, { ca, ...client })).toBe(0);
  });

  // The server's reason comes after the handshake, and is lost when it has closed the connection before we read it.
  it("refuses to go on without one", async () => {
    await expect(count(port, { ca })).rejects.toEqual(
      refused(/wants a certificate|before it answered/, /certificate of ours|tls\.cert/),
    );
  });

  it("refuses one of another authority", async () => {
    await expect(count(port, { ca, ...other.issue({}) })).rejects.toEqual(
      refused(/not accept our certificate|before it answered/, /tls\.cert/),
    );
  });
});

describe("of a topology", () => {
  const access = { tls: { ca: authority.cert }, username: "ops", password: "s3cret" };
  const certified = authority.issue({ names: ["127.0.0.1"] });

  async function storedIn(redis: string): Promise<number> {
    const store = createSessionStore({ redis, ...access });
    await store.create({ user: "alice" });
    const sessions = await store.listUser("alice");
    await store.close();
    return sessions.length;
  }

  it("a cluster: every node is reached with TLS, by the user of the ACL", async () => {
    const port = await serve(
      certified,
      "--cluster-announce-ip",
      "127.0.0.1",
      "--cluster-port",
      String(await freePort()),
      "--cluster-enabled",
      "yes",
      "--tls-cluster",
      "yes",
      "--cluster-config-file",
      "tls-nodes.conf",
    );
    const node = new Redis({ host: "127.0.0.1", port, tls: { ca: authority.cert } });
    await node.call("CLUSTER", "ADDSLOTSRANGE", 0, 16_383);
    await expect
      .poll(async () => String(await node.call("CLUSTER", "INFO")), { timeout: 15_000 })
      .toContain("cluster_state:ok");
    node.disconnect();
    expect(await storedIn(`rediss+cluster://127.0.0.1:${port}`)).toBe(1);
    const plain = openDirectory({ redis: `rediss+cluster://127.0.0.1:${port}` });
    await expect(plain.count()).rejects.toEqual(refused(/cannot be reached/, /tls\.ca/));
    await plain.close();
  });

  it("sentinels and their master are reached with TLS, the master by the user of the ACL", async () => {
    const master = await serve(certified, "--tls-replication", "yes");
    const port = await freePort();
    const config = path.join(folder, "sentinel.conf");
    writeFileSync(config, `sentinel monitor main 127.0.0.1 ${master} 1\n`);
    const options = [...tlsOptions(port, certified), "--tls-replication", "yes"];
    servers.push(await startServer([config, "--sentinel", ...options], /\+monitor master main/));
    expect(await storedIn(`rediss+sentinel://127.0.0.1:${port}/main`)).toBe(1);
  });
});

it("a server without TLS is said to be one", async () => {
  const port = await freePort();
  servers.push(await startServer(["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]));
  // It waits for the end of what it takes for a command, and never answers.
  await expect(count(port, { ca: authority.cert })).rejects.toMatchObject({
    code: "timeout",
    hint: expect.stringContaining("a server without TLS never answers"),
  });
});

describe("options of TLS that cannot be used", () => {
  it.each<[string, string, TlsOptions, string, RegExp]>([
    ["for a URL without TLS", "redis://127.0.0.1:1", { ca: "x" }, "invalid-url", /without TLS/],
    ["for a socket", "redis+unix:///tmp/x", { ca: "x" }, "invalid-url", /without TLS/],
    [
      "a certificate without its key",
      "rediss://127.0.0.1:1",
      { cert: client.cert },
      "invalid-argument",
      /without its key/,
    ],
    [
      "a key without its certificate",
      "rediss://127.0.0.1:1",
      { key: client.key },
      "invalid-argument",
      /without its certificate/,
    ],
    [
      "what is no PEM",
      "rediss://127.0.0.1:1",
      { cert: "x", key: "y" },
      "invalid-argument",
      /cannot use a certificate or key/,
    ],
    [
      "a key of another certificate",
      "rediss://127.0.0.1:1",
      { cert: client.cert, key: other.key },
      "invalid-argument",
      /cannot use/,
    ],
  ])("%s", (_, redis, tls, code, message) => {
    expect(() => openDirectory({ redis, tls })).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
