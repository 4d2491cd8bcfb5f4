import { SessctlError } from "../../core/errors.js";
import type { Clock } from "../../core/ports.js";
import type { Reading, ServerInspector, ServerReport, ServerTime } from "../../core/server.js";
import { asError, type Commands, type Reply } from "../commands.js";
import { scripts } from "../scripts/index.js";
import type { ServerNode } from "../server-node.js";
import { parameters } from "./parameters.js";
import { parseConfig, parseFields, parseSlowCalls, parseTime, parseUsers } from "./parse.js";

/** Readings of a clock, of which the one that took least tells most. */
const timeReadings = 3;
/** Latest slow calls asked for. */
const slowCallsRead = 128;

const scriptNames = new Map(Object.entries(scripts).map(([name, { sha1 }]) => [sha1, name]));

/** Reads servers' settings and state over the connection that serves the sessions. */
export class RedisInspector implements ServerInspector {
  readonly #commands: Commands;
  readonly #clock: Clock;

  constructor(commands: Commands, clock: Clock) {
    this.#commands = commands;
    this.#clock = clock;
  }

  close(): Promise<void> {
    this.#commands.close();
    return Promise.resolve();
  }

  async inspect(): Promise<readonly ServerReport[]> {
    const nodes = await this.#commands.nodes();
    return Promise.all(nodes.map((node) => this.#report(node)));
  }

  async #report(node: ServerNode): Promise<ServerReport> {
    const { name, transport, local } = node;
    const info = await ask(node, [["INFO"]], ([reply]) => parseFields(reply));
    const config = await ask(
      node,
      parameters.map((parameter) => ["CONFIG", "GET", parameter] as const),
      (replies) => parseConfig(replies),
    );
    const user = await ask(node, [["ACL", "WHOAMI"]], ([reply]) => String(reply));
    const users = await ask(node, [["ACL", "LIST"]], ([reply]) => parseUsers(reply));
    const slow = ["SLOWLOG", "GET", slowCallsRead] as const;
    const slowCalls = await ask(node, [slow], ([reply]) => parseSlowCalls(reply, scriptNames));
    const inCluster = !this.#commands.acrossShards || fieldOf(info, "cluster_enabled") === "1";
    const cluster = inCluster ? await ask(node, [["CLUSTER", "INFO"]], ([reply]) => parseFields(reply)) : undefined;
    const role = { master: "master", slave: "replica" } as const;
    return {
      name,
      transport,
      local,
      role: Object.entries(role).find(([word]) => word === fieldOf(info, "role"))?.[1] ?? node.role,
      info,
      config,
      user,
      users,
      time: await this.#time(node),
      cluster,
      slowCalls,
    };
  }

  async #time(node: ServerNode): Promise<Reading<ServerTime>> {
    let best: Reading<ServerTime> = { known: false, why: "its clock was not told" };
    for (let n = 0; n < timeReadings; n++) {
      const askedAt = this.#clock();
      const reading = await ask(node, [["TIME"]], ([reply]) => parseTime(reply, askedAt, this.#clock()));
      if (!reading.known) return reading;
      const { value } = reading;
      if (value !== undefined && (!best.known || took(value) < took(best.value))) best = { known: true, value };
    }
    return best;
  }
}

function took({ askedAt, answeredAt }: ServerTime): number {
  return answeredAt - askedAt;
}

function fieldOf(info: Reading<ReadonlyMap<string, string>>, name: string): string | undefined {
  return info.known ? info.value.get(name) : undefined;
}

/** Asks one server, and reads the replies; why not, when all it says is errors. */
async function ask<Value>(
  node: ServerNode,
  commands: readonly (readonly [name: string, ...args: (string | number)[]])[],
  read: (replies: readonly [Reply, ...Reply[]]) => Value,
): Promise<Reading<Value>> {
  const replies = await node.many(commands).catch((error: unknown) => [asError(error)]);
  const told: Reply[] = [];
  let failed: Error | undefined;
  for (const reply of replies) {
    if (reply instanceof Error) failed ??= reply;
    else told.push(reply);
  }
  const [first = null, ...others] = told;
  if (failed === undefined || told.length > 0) return { known: true, value: read([first, ...others]) };
  const [name = "", word] = commands[0] ?? [];
  return { known: false, why: whyNot(failed, typeof word === "string" ? `${name} ${word}` : name) };
}

/** Why a command got no answer, in few words. */
function whyNot(error: Error, command: string): string {
  const code = error instanceof SessctlError ? error.code : undefined;
  if (code === "denied") return `this user may not run ${command}`;
  if (code === "unsupported") return `this server does not offer ${command}`;
  return `${command}: ${error.message}`;
}
