import type { Agent } from "../core/binding.js";
import { type Known, versionOf } from "./facts.js";

/** What a phone or tablet calls its system when asked for the desktop site. */
const desktopNames: Readonly<Record<string, string>> = { Android: "Linux", iOS: "macOS" };

/**
 * Whether a client may be one that was seen before in another mode: the same family, engine and whole version, and a
 * system that is the same or the one that phones and tablets feign for "request desktop site" (which changes the form
 * factor too, as unfolding a phone does). A computer does not turn into a phone.
 */
export function isSameDevice(before: Known, after: Known): boolean {
  const [a, b] = [before.agent, after.agent];
  if (a?.browser === undefined || b === undefined || a.engine === undefined) return false;
  if (a.browser !== b.browser || a.engine !== b.engine) return false;
  if (versionOf(before).join(".") !== versionOf(after).join(".")) return false;
  return a.os === b.os || feigns(a, b);
}

function feigns(device: Agent, desktop: Agent): boolean {
  return device.os !== undefined && desktop.form === "desktop" && desktopNames[device.os] === desktop.os;
}
