import type { WatchedSession } from "../../app/watch/session.js";
import { formatDuration } from "../../core/duration.js";
import { grouped } from "../columns/column.js";
import { missing } from "../dialog.js";
import { footerKeys } from "../keys.js";
import { boxRows, contextOf } from "../layout.js";
import type { Page } from "../pages.js";
import type { Line } from "../spans.js";
import { asOf, pageOf, type TopState } from "../state.js";
import { lengthOf } from "../update/selection.js";
import { detailLines } from "./details.js";
import { linkBanner } from "./link-banner.js";
import { messageLine } from "./message.js";
import { overlayLines } from "./overlay.js";

/** The screen in sentences, the most important first, for who has it read aloud. */
export interface Spoken {
  readonly status: readonly string[];
  /** The selected line of the list, and where in it that is. */
  readonly selected: string;
  readonly more: readonly string[];
  readonly keys: string;
}

/** What a screen reader is given to read. */
export function spoken(state: TopState): Spoken {
  const { look, settings, pausedAt } = state;
  const banner = linkBanner(state);
  const page = pageOf(state);
  const message = plain(messageLine(state));
  return {
    status: [
      `sessctl, ${settings.label}, layout ${settings.layout}.`,
      ...(banner === undefined ? [] : [banner.text.trim()]),
      ...(pausedAt === undefined ? [] : ["Paused."]),
      ...(look === undefined
        ? ["Reading."]
        : [
            `${grouped(look.sessions)} sessions, ${grouped(look.active1m)} active in the last minute, ${grouped(look.flagged)} flagged.`,
          ]),
    ],
    selected: selectedText(state, page),
    more: [...(message === "" ? [] : [message]), ...overlayTexts(state)],
    keys: footerKeys(contextOf(state), settings.access)
      .map(({ key, word }) => `${key}: ${word}`)
      .join(", "),
  };
}

function selectedText(state: TopState, page: Page): string {
  if (page.kind === "details") {
    const lines = detailLines(page.row, page.gone, asOf(state), state.size.columns - 2);
    return lines
      .slice(page.scroll, page.scroll + boxRows(state.size))
      .map(plain)
      .filter(Boolean)
      .join("\n");
  }
  const length = lengthOf(state, page);
  const place = `${page.kind}, ${length === 0 ? "none" : `${page.cursor + 1} of ${grouped(length)}`}`;
  switch (page.kind) {
    case "sessions": {
      const row = page.shown[page.cursor];
      const marks = page.marks.size === 0 ? "" : `, ${page.marks.size} marked`;
      const filter = page.filter.text === "" ? "" : `, filter ${page.filter.text}`;
      return `${place}${marks}${filter}${row === undefined ? "" : `: ${sessionText(state, row, page.marks.has(row.id))}`}`;
    }
    case "groups": {
      const group = page.shown[page.cursor];
      return `${place}${group === undefined ? "" : `: ${page.by} ${group.name ?? "not known"}, ${group.sessions} sessions`}`;
    }
    case "findings": {
      const { last, read } = state.audit;
      const finding = last?.findings[page.cursor];
      if (read !== undefined) return `auditing, ${grouped(read)} sessions read`;
      if (finding === undefined) return place;
      return `${place}: ${finding.severity}, ${finding.title}, user ${finding.user ?? "not known"}. ${finding.summary}`;
    }
    case "events": {
      const event = state.pulse.events[page.cursor];
      return `${place}${event === undefined ? "" : `: ${event.type}, session ${event.name.slice(0, 8)}, user ${event.user ?? "anonymous"}`}`;
    }
  }
}

function sessionText(state: TopState, row: WatchedSession, marked: boolean): string {
  const gone = state.vanished.get(row.id);
  const idle = row.lastSeenAt === undefined ? [] : [`idle ${formatDuration(asOf(state) - row.lastSeenAt)}`];
  return [
    ...(marked ? ["marked"] : []),
    ...(gone === undefined ? [] : [gone.why]),
    row.user ?? "anonymous",
    row.ip ?? "no address",
    row.client,
    ...idle,
    ...row.flags.map((flag) => `flag ${flag}`),
    `id ${row.name.slice(0, 8)}`,
  ].join(", ");
}

function overlayTexts(state: TopState): readonly string[] {
  const { overlay } = state;
  const lines = overlayLines(state)
    .map((line) =>
      plain(line)
        .replaceAll(/[┌┐└┘─│▸◂]/g, "")
        .trim(),
    )
    .filter(Boolean);
  if (overlay?.kind !== "dialog") return lines;
  const wanted = missing(overlay);
  return [...lines, `The focus is on ${overlay.focus}${wanted === undefined ? "" : `; ${wanted}`}.`];
}

function plain(line: Line): string {
  return line
    .map(({ text }) => text)
    .join("")
    .trim();
}
