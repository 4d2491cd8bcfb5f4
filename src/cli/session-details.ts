import { flagsOf } from "../app/flags.js";
import { clientLabel } from "../clients/label.js";
import { clientChange, type ClientReader } from "../core/binding.js";
import { formatDuration } from "../core/duration.js";
import type { DirectorySession } from "../core/ports.js";
import { safe, safeJson, type SafeText } from "../core/safe-text.js";
import type { Json, Sighting } from "../core/session.js";
import { rfc3339 } from "./columns.js";
import type { Output } from "./io.js";
import { joined, say } from "./say.js";
import { wrapped } from "./wrap.js";

/** Columns of the labels. */
const labelWidth = 15;

/** How a session's details are shown. */
export interface DetailOptions {
  readonly reader: ClientReader;
  readonly now: number;
  readonly utc: boolean;
  readonly withData: boolean;
  /** Whether it is the first of several. */
  readonly first: boolean;
}

/** Writes everything about one session for a person: a label and a value a line. */
export async function writeDetails(session: DirectorySession, output: Output, options: DetailOptions): Promise<void> {
  const { reader, withData, first } = options;
  if (!first) await output.line(say``);
  const row = (label: string, value: SafeText) =>
    output.line(joined([output.paint("faint", safe(label.padEnd(labelWidth))), value], "  "));
  const time = (at: number | undefined) => timeText(at, output.isTerminal && !options.utc, options.now);

  await row("id", output.paint("accent", safe(session.id)));
  if (session.corrupt !== undefined) await row("corrupt", output.paint("danger", safe(session.corrupt)));
  await row("user", session.user === undefined ? say`- (anonymous or unknown)` : safe(session.user));
  await row("level", optional(session.level));
  await row("flags", output.paint("warning", optional(flagsOf(session, reader).join(" ") || undefined)));
  await row("created", time(session.createdAt));
  await row("authenticated", time(session.authenticatedAt));
  await row("rotated", time(session.rotatedAt));
  await row("last seen", time(session.lastSeenAt));
  await row("idle end", time(session.idleEndsAt));
  await row("absolute end", time(session.endsAt));
  await row("layout", safe(session.layout));
  await row("size", session.bytes === undefined ? say`-` : say`${session.bytes} bytes`);

  for (const [n, sighting] of session.sightings.entries()) {
    const changed = changeTexts(session.sightings[n - 1], sighting, reader);
    await row(
      n === 0 ? "clients" : "",
      joined([time(sighting.at), ...changed.map((text) => output.paint("warning", text))], "  "),
    );
    await row("", say`  ${sighting.ip ?? "-"}  ${clientLabel(sighting.userAgent, reader)}`);
    const room = output.isTerminal ? output.width - labelWidth - 4 : Infinity;
    for (const line of wrapped(safe(sighting.userAgent ?? "-"), room))
      await row("", output.paint("faint", say`  ${line}`));
  }

  const data = Object.entries(session.data ?? {});
  if (data.length === 0) await row("data", say`-`);
  for (const [n, [key, value]] of data.entries()) {
    await row(
      n === 0 ? "data" : "",
      withData ? joined([safe(key), say`: `, safeJson(value)]) : say`${key} (${kindOf(value)})`,
    );
  }
}

/** `2026-03-01 14:00:00 +01:00 (2h ago)` for people in local time, else RFC 3339 with the same. */
function timeText(time: number | undefined, local: boolean, now: number): SafeText {
  if (time === undefined) return say`-`;
  if (time === Infinity) return say`never`;
  const at = rfc3339(time);
  if (at === null) return say`-`;
  const distance = time > now ? `in ${formatDuration(time - now, 2)}` : `${formatDuration(now - time, 2)} ago`;
  return say`${local ? localTime(time) : at} (${distance})`;
}

function localTime(time: number): string {
  const offset = -new Date(time).getTimezoneOffset();
  const shifted = new Date(time + offset * 60_000).toISOString();
  const part = (minutes: number) => String(Math.floor(minutes)).padStart(2, "0");
  const zone = `${offset < 0 ? "-" : "+"}${part(Math.abs(offset) / 60)}:${part(Math.abs(offset) % 60)}`;
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} ${zone}`;
}

function changeTexts(before: Sighting | undefined, after: Sighting, reader: ClientReader): readonly SafeText[] {
  if (before === undefined) return [];
  const { network, agent } = clientChange(before, after, reader);
  return [...(network ? [say`other network`] : []), ...(agent ? [say`other client`] : [])];
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (value === null) return "null";
  if (typeof value === "string") return `string of ${value.length}`;
  return typeof value === "object" ? `object of ${Object.keys(value).length}` : typeof value;
}

function optional(text: string | undefined): SafeText {
  return text === undefined ? say`-` : safe(text);
}
