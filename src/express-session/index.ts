export type { ProxyOptions } from "../http/client-of.js";
export { RequestSessionError } from "../http/failure.js";
export type { RedisStoreOptions, Serializer } from "./options.js";
export { recordClients } from "./recorder.js";
export type { ClientRecord } from "./sightings.js";
export { RedisStore } from "./store.js";
