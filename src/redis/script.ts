import { createHash } from "node:crypto";
import type { Keys } from "./keys.js";
import type { Commands, Reply } from "./commands.js";

/** A Lua script with what goes in and what comes out of it; the contract is in the script's header. */
export interface Script<Input, Output> {
  readonly source: string;
  /** The hash that Redis knows it by. */
  readonly sha1: string;
  readonly call: (input: Input, keys: Keys) => ScriptCall;
  readonly decode: (reply: Reply) => Output;
}

/** One call's keys, all of one shard unless the topology is a single server, and its arguments. */
export interface ScriptCall {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
}

/** A script from its Lua source and its typed contract. */
export function defineScript<Input, Output>(
  source: string,
  contract: Pick<Script<Input, Output>, "call" | "decode">,
): Script<Input, Output> {
  return { source, sha1: createHash("sha1").update(source).digest("hex"), ...contract };
}

/** Runs scripts on one namespace. */
export class ScriptRunner {
  readonly #commands: Commands;
  readonly #keys: Keys;

  constructor(commands: Commands, keys: Keys) {
    this.#commands = commands;
    this.#keys = keys;
  }

  /** Runs a script once. */
  async run<Input, Output>(script: Script<Input, Output>, input: Input): Promise<Output> {
    const [output] = await this.each(script, [input]);
    if (output instanceof Error) throw output;
    return output as Output;
  }

  /** Runs a script on each input, in as few round trips as the topology allows. One that fails has its error in place of its output. */
  async each<Input, Output>(script: Script<Input, Output>, inputs: readonly Input[]): Promise<(Output | Error)[]> {
    const calls = inputs.map((input) => script.call(input, this.#keys));
    const send = (name: "EVALSHA" | "EVAL", which: readonly ScriptCall[]) =>
      this.#commands.many(
        which.map(({ keys, args }) => [
          name,
          name === "EVAL" ? script.source : script.sha1,
          keys.length,
          ...keys,
          ...args,
        ]),
      );
    const replies = await send("EVALSHA", calls);
    // A server that was restarted or had its scripts flushed learns the script again, from those calls that it did not carry out.
    const unknown = calls.flatMap((call, index) => (isUnknownScript(replies[index]) ? [{ call, index }] : []));
    if (unknown.length > 0) {
      const again = await send(
        "EVAL",
        unknown.map(({ call }) => call),
      );
      for (const [n, { index }] of unknown.entries()) replies[index] = again[n] ?? null;
    }
    return replies.map((reply) => (reply instanceof Error ? reply : script.decode(reply)));
  }
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
