import { layouts } from "../../layouts/index.js";
import { nativeCapabilities } from "../../layouts/native.js";
import type { Capabilities } from "../../core/ports.js";
import type { HelpPage, HelpRow } from "../help/page.js";

const lastSeen: Readonly<Record<Capabilities["lastSeen"], string>> = {
  exact: "last activity",
  ttl: "last activity from the TTL, once the idle window is known (--idle)",
  none: "",
};
const expire: Readonly<Record<Capabilities["expire"], string>> = {
  lasting: "an end brought forward lasts",
  "until-touch": "an end brought forward may be undone by the next request",
  none: "an end cannot be brought forward",
};

/** `sessctl help layouts`. */
export const layoutsTopic: HelpPage = {
  examples: [
    ["sessctl layouts", "which there are, and which are in this Redis"],
    ["sessctl list --layout connect-redis --prefix sess:", "the sessions of an Express application"],
    ["sessctl layouts --probe", "where in its sessions an application keeps what, to write a --map"],
    ["sessctl list --layout laravel --map user=login_web", "with the user where that application keeps it"],
  ],
  description:
    "A layout is how some library or framework keeps its sessions in Redis. What a layout does not tell is null in output and matches nothing in a filter; without an index, what sessctl's own layout answers at once takes a walk over all keys.",
  sections: [
    {
      title: "Layouts",
      rows: [row("native", "sessctl's own library", nativeCapabilities, []), ...layouts.map(rowOf)],
    },
  ],
};

function rowOf({ name, title, capabilities, notes }: (typeof layouts)[number]): HelpRow {
  return row(name, title, capabilities, notes);
}

function row(name: string, title: string, of: Capabilities, notes: readonly string[]): HelpRow {
  const told = [of.created ? "creation" : "", lastSeen[of.lastSeen], of.client ? "client" : ""].filter(
    (one) => one !== "",
  );
  const tells = told.length === 0 ? "tells no times" : `tells ${told.join(", ")}`;
  return [name, [`${title}: ${tells}; ${expire[of.expire]}`, ...notes].join(". ")];
}
