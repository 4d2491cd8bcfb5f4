import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** An application that listens. */
export interface Serving {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves on a free port of the loopback interface. */
export async function serve(listener: RequestListener): Promise<Serving> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
