import { createServer, type Socket } from "node:net";
import { connect } from "node:net";

/** A port in front of a Unix socket, on which connections can be made to hang, as when a firewall forgets them. */
export interface Proxy {
  readonly port: number;
  /** The most that one connection has read so far, in bytes. */
  readonly mostRead: number;
  /** From now on nothing goes through the connections that are open; they are not closed either. New ones work. */
  freeze(): void;
  stop(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback interface. `breakAfter`: the bytes after which a connection is broken, in the middle of what is read. */
export async function startProxy(socket: string, { breakAfter = Infinity } = {}): Promise<Proxy> {
  let mostRead = 0;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    const far = connect(socket);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const end of pair) {
      end.on("error", () => undefined);
      end.once("close", () => {
        for (const other of pair) other.destroy();
        pairs.delete(pair);
      });
    }
    let bytes = 0;
    far.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      mostRead = Math.max(mostRead, bytes);
      if (bytes > breakAfter) near.destroy();
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    get mostRead() {
      return mostRead;
    },
    freeze() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    async stop() {
      for (const [near] of pairs) near.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
