import { fitLine, type Line, span } from "../spans.js";
import type { TopState } from "../state.js";
import { ownersText } from "../target.js";
import { sessionsOf } from "../update/selection.js";
import { linkBanner } from "./link-banner.js";

/** The line above the footer: what is under way, or what became of it. */
export function messageLine(state: TopState): Line {
  const { running, notice, size, overlay } = state;
  const mistake = overlay?.kind === "filter" ? sessionsOf(state)?.filter.mistake : undefined;
  if (mistake !== undefined) {
    const text = [mistake.message, mistake.hint].filter((part) => part !== undefined).join(". ");
    return fitLine([span(` ✖ ${text}`, "banner-warning")], size.columns, "banner-warning");
  }
  if (running !== undefined) {
    const { length } = running.targets;
    const verb = running.action === "revoke" ? "Revoking" : "Expiring";
    const done = running.done > 0 ? ` ${running.done} done` : "";
    const what = `${verb} ${length} ${length === 1 ? "session" : "sessions"} of ${ownersText(running.targets)} …${done}`;
    return fitLine([span(` ${what}`, "banner-warning")], size.columns, "banner-warning");
  }
  if (notice !== undefined) {
    const sign = { good: "✔", warning: "!", danger: "✖" }[notice.tone];
    const tone = `banner-${notice.tone}` as const;
    return fitLine([span(` ${sign} ${notice.text}`, tone)], size.columns, tone);
  }
  const banner = overlay?.kind === "filter" ? linkBanner(state) : undefined;
  return banner === undefined ? [] : fitLine([banner], size.columns, "banner-danger");
}
