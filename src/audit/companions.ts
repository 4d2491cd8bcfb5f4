import { isOtherCountry, type Known } from "./facts.js";

/** Systems whose apps' own library, or player of videos, names itself so, where it says no system. */
const libraries: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bCFNetwork\/|^AppleCoreMedia\//, ["iOS", "macOS"]],
  [/\bokhttp\/|^Dalvik\/|^stagefright\/|\bCronet\//, ["Android"]],
];

/**
 * Whether two clients may be a browser and what else its device sends with the same cookies: an app's own library beside
 * its web view, or the player of a page's videos (`AppleCoreMedia` beside Safari). They share a system, and are where
 * people are customers, in one country; a program that works by itself is no companion. That Safari's videos come under
 * another name with the same cookies: serbanghita/Mobile-Detect#620, and tikiatua/internal-assets-plugin#10, where a page
 * with one logs its reader out.
 */
export function areCompanions(a: Known, b: Known): boolean {
  const [ofA, ofB] = [systemsOf(a), systemsOf(b)];
  if (ofA.length + ofB.length === 0 || !isOfPeople(a) || !isOfPeople(b)) return false;
  if (a.where !== undefined && b.where !== undefined && isOtherCountry(a.where, b.where)) return false;
  const systems = ofA.length > 0 ? ofA : [a.agent?.os ?? ""];
  return systems.some((system) => (ofB.length > 0 ? ofB.includes(system) : b.agent?.os === system));
}

/** The systems of which a client may be an app or a player; none for browsers and for programs that work by themselves. */
function systemsOf({ agent, sighting: { userAgent = "" } }: Known): readonly string[] {
  if (agent === undefined || agent.automated !== false || agent.engine !== undefined) return [];
  const head = userAgent.slice(0, 512);
  return libraries.find(([form]) => form.test(head))?.[1] ?? (agent.os === undefined ? [] : [agent.os]);
}

function isOfPeople({ where }: Known): boolean {
  return where?.kind === undefined;
}
