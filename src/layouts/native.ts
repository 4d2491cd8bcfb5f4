import type { Capabilities } from "../core/ports.js";

/** What sessctl's own layout tells and does: everything. */
export const nativeCapabilities: Capabilities = {
  recent: "index",
  byUser: "index",
  created: true,
  lastSeen: "exact",
  deadline: true,
  client: true,
  switches: true,
  expire: "lasting",
  data: true,
  events: true,
  usersTogether: true,
  cutoff: true,
};
