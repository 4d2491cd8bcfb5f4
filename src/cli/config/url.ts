// What a URL says, without what speaks to Redis.
export { parseUrl, redactUrl } from "../../redis/url.js";
