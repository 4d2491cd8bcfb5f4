import { createHash } from "node:crypto";
import { chunks } from "./batches.js";
import { Batcher } from "./batcher.js";
import { asError, type Commands, type Reply } from "./commands.js";
import type { Keys } from "./keys.js";
import { commandsIn } from "./denial.js";
import batch from "./scripts/batch.lua";

/** A Lua script with what goes in and what comes out of it; the contract is in the script's header. */
export interface Script<Input, Output> {
  /** The operation inside `batch.lua`, which carries it out for many callers at once. */
  readonly source: string;
  /** The hash that Redis knows it by. */
  readonly sha1: string;
  /** Whether it changes nothing: then who may only read may run it, and Redis sees to it that it does not. */
  readonly readOnly: boolean;
  readonly call: (input: Input, keys: Keys) => ScriptCall;
  readonly decode: (reply: Reply) => Output;
}

/** One call's keys, all of one shard unless the topology is a single server, and its arguments. */
export interface ScriptCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** A script as Redis gets it. */
type Lua = Pick<Script<never, unknown>, "sha1" | "source" | "readOnly">;

/** A call on its way, and who waits for its reply. */
interface Waiting {
  readonly call: ScriptCall;
  readonly settle: (reply: Reply | Error) => void;
}

/** Most calls in one command: well under a millisecond of Redis's time, and the next command is on its way meanwhile. */
const batchLength = 32;

/** Most keys in one command; a call with more goes alone. */
const batchKeys = 1000;

/** A script from its Lua source and its typed contract. */
export function defineScript<Input, Output>(
  source: string,
  contract: Pick<Script<Input, Output>, "call" | "decode"> & { readonly readOnly?: boolean },
): Script<Input, Output> {
  const whole = batch
    .replace("--OPERATION--", () => source)
    .replace("--COMMANDS--", () => commandsIn(source).join(" "));
  return { source: whole, sha1: createHash("sha1").update(whole).digest("hex"), readOnly: false, ...contract };
}

/** Runs scripts on one namespace; calls of the same script in the same turn of the event loop travel together. */
export class ScriptRunner {
  readonly #commands: Commands;
  readonly #keys: Keys;
  readonly #batchers = new Map<string, Batcher<Waiting>>();

  constructor(commands: Commands, keys: Keys) {
    this.#commands = commands;
    this.#keys = keys;
  }

  /** Runs a script once. */
  run<Input, Output>(script: Script<Input, Output>, input: Input): Promise<Output> {
    return new Promise((resolve, reject) => {
      const settle = (reply: Reply | Error) => {
        if (reply instanceof Error) return reject(reply);
        try {
          resolve(script.decode(reply));
        } catch (error) {
          reject(error);
        }
      };
      this.#batcherOf(script).add({ call: script.call(input, this.#keys), settle });
    });
  }

  /** Runs a script on each input, in as few round trips as the topology allows. One that fails has its error in place of its output. */
  async each<Input, Output>(script: Script<Input, Output>, inputs: readonly Input[]): Promise<(Output | Error)[]> {
    const calls = inputs.map((input) => script.call(input, this.#keys));
    const outputs: (Output | Error)[] = [];
    await Promise.all(
      this.#batches(calls.map((call, index) => ({ call, index }))).map(async (members) => {
        const replies = await this.#send(
          script,
          members.map(({ call }) => call),
        );
        for (const [n, { index }] of members.entries()) {
          const reply = replies[n] ?? null;
          outputs[index] = reply instanceof Error ? reply : script.decode(reply);
        }
      }),
    );
    return outputs;
  }

  #batcherOf(script: Lua): Batcher<Waiting> {
    let batcher = this.#batchers.get(script.sha1);
    if (batcher === undefined) {
      batcher = new Batcher({ length: batchLength, send: (waiting) => this.#settle(script, waiting) });
      this.#batchers.set(script.sha1, batcher);
    }
    return batcher;
  }

  async #settle(script: Lua, waiting: readonly Waiting[]): Promise<void> {
    await Promise.all(
      this.#batches(waiting).map(async (members) => {
        const calls = members.map(({ call }) => call);
        const replies = await this.#send(script, calls).catch((error: unknown) => calls.map(() => asError(error)));
        for (const [n, { settle }] of members.entries()) settle(replies[n] ?? null);
      }),
    );
  }

  /** The parts of a list of calls that may each travel in one command. */
  #batches<T extends { readonly call: ScriptCall }>(list: readonly T[]): T[][] {
    const groups = this.#commands.acrossShards ? [list] : bySlot(list);
    return groups.flatMap((group) => {
      const most = Math.max(...group.map(({ call }) => call.keys.length), 1);
      return chunks(group, Math.max(1, Math.min(batchLength, Math.floor(batchKeys / most))));
    });
  }

  /** The reply of each call, or its error. */
  async #send({ sha1, source, readOnly }: Lua, calls: readonly ScriptCall[]): Promise<readonly (Reply | Error)[]> {
    const keys: string[] = [];
    const args: (string | number)[] = [];
    for (const call of calls) {
      keys.push(...call.keys);
      args.push(call.keys.length, call.args.length, ...call.args);
    }
    const suffix = readOnly ? "_RO" : "";
    let [reply] = await this.#commands.many([[`EVALSHA${suffix}`, sha1, keys.length, ...keys, ...args]]);
    // A server that was restarted or had its scripts flushed carried out nothing, and learns the script again.
    if (isUnknownScript(reply))
      [reply] = await this.#commands.many([[`EVAL${suffix}`, source, keys.length, ...keys, ...args]]);
    if (Array.isArray(reply)) return reply.map((each) => this.#commands.told(each));
    const failed = reply instanceof Error ? reply : new Error(`a script answered ${JSON.stringify(reply)}`);
    return calls.map(() => failed);
  }
}

/** The parts of a list of calls whose keys share a hash tag. */
function bySlot<T extends { readonly call: ScriptCall }>(list: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const tag = /\{(.*?)\}/.exec(entry.call.keys[0] ?? "")?.[1] ?? entry.call.keys[0] ?? "";
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

function isUnknownScript(reply: Reply | Error | undefined): boolean {
  return reply instanceof Error && reply.message.startsWith("NOSCRIPT");
}

/** Decodes a reply that is one of a script's words; anything else is a bug. */
export function oneOf<Word extends string>(...words: readonly Word[]): (reply: Reply) => Word {
  return (reply) => {
    const word = words.find((candidate) => candidate === reply);
    if (word === undefined)
      throw new Error(`a script answered ${JSON.stringify(reply)} instead of ${words.join(", ")}`);
    return word;
  };
}
