import type { Agent } from "../core/binding.js";

/** What a phone or tablet calls its system when asked for the desktop site. */
const desktopNames: Readonly<Record<string, string>> = { Android: "Linux", iOS: "macOS" };

/**
 * Whether two agents may be one browser in two modes: the same family, engine and version, and a system that is the
 * same or the one that phones and tablets feign for "request desktop site" (which changes the form factor too, as
 * unfolding a phone does).
 */
export function isSameDevice(a: Agent | undefined, b: Agent | undefined): boolean {
  if (a?.browser === undefined || b === undefined || a.engine === undefined) return false;
  if (a.browser !== b.browser || a.engine !== b.engine || a.major !== b.major) return false;
  return a.os === b.os || feigns(a, b) || feigns(b, a);
}

function feigns(device: Agent, desktop: Agent): boolean {
  return device.os !== undefined && desktop.form === "desktop" && desktopNames[device.os] === desktop.os;
}
