import { SessctlError } from "../../core/errors.js";
import type { Step } from "../../layouts/layout.js";
import type { BytesCommand, BytesReply, Commands } from "../commands.js";
import editSource from "./edit.lua";
import { lua, runLua } from "./run-lua.js";

const editScript = lua(editSource);

/** A value that others keep writing is tried so often. */
const attempts = 100;

/**
 * Carries out what goes with the change of one session, one step after the other. Keys outside `prefix` are refused: what
 * is stored may name any.
 */
export async function carryOut(commands: Commands, prefix: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (!step.key.startsWith(prefix)) {
      throw new SessctlError("unsupported", "the record names a key that is none of its layout's", {
        hint: "It was left alone. Look at who can write sessions.",
      });
    }
    if (step.do === "edit") await edit(commands, step.key, step.edit);
    else if (step.do === "each-member") {
      for (const member of await membersOf(commands, step.key)) await carryOut(commands, prefix, step.steps(member));
    } else if (step.do !== "remove-from-sorted-set" || !(await isThere(commands, step.unlessKey))) {
      await first(commands.manyBytes([commandOf(step)]));
    }
  }
}

function commandOf(
  step: Extract<Step, { do: "delete" | "publish" | "remove-from-set" | "remove-from-sorted-set" }>,
): BytesCommand {
  if (step.do === "delete") return ["UNLINK", step.key];
  if (step.do === "publish") return ["PUBLISH", step.key, step.message];
  return [step.do === "remove-from-set" ? "SREM" : "ZREM", step.key, step.member];
}

async function isThere(commands: Commands, key: string | undefined): Promise<boolean> {
  return key !== undefined && (await commands.run(["EXISTS", key])) === 1;
}

async function membersOf(commands: Commands, key: string): Promise<readonly Buffer[]> {
  const members = await first(commands.manyBytes([["SMEMBERS", key]]));
  return Array.isArray(members) ? members.filter((member) => Buffer.isBuffer(member)) : [];
}

async function edit(commands: Commands, key: string, change: Extract<Step, { do: "edit" }>["edit"]): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const held = await first(commands.manyBytes([["GET", key]]));
    if (!Buffer.isBuffer(held)) return;
    const edited = change(held);
    if (edited === undefined) return;
    const args = edited === "delete" ? [held, "delete"] : [held, "set", edited];
    const reply = await first(runLua(commands, editScript, [{ keys: [key], args }]));
    if (String(reply) !== "conflict") return;
  }
  throw new SessctlError("conflict", "a list of sessions kept changing", { hint: "Run it again." });
}

async function first(replies: Promise<readonly (BytesReply | Error)[]>): Promise<BytesReply> {
  const [reply = null] = await replies;
  if (reply instanceof Error) throw reply;
  return reply;
}
