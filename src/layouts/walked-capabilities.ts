import type { Capabilities } from "../core/ports.js";

/** What holds for most frameworks: no index of theirs is of use, and what they keep is one record with a TTL. */
export const walkedCapabilities: Capabilities = {
  recent: "walk",
  byUser: "walk",
  created: false,
  lastSeen: "ttl",
  deadline: false,
  client: true,
  switches: false,
  expire: "until-touch",
  data: true,
  events: false,
  cutoff: false,
};
