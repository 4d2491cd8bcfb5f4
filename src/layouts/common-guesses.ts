import type { Guesses } from "./mapping.js";

/** Where applications in JavaScript commonly keep the user and the client in a session's data. */
export const commonGuesses: Guesses = {
  user: [
    "passport.user",
    "passport.user.id",
    "userId",
    "user.id",
    "user.username",
    "user.email",
    "user",
    "username",
    "uid",
    "sub",
  ],
  ip: ["ip", "client.ip", "meta.ip", "ipAddress", "remoteAddress"],
  ua: ["ua", "userAgent", "client.userAgent", "client.ua", "meta.ua", "meta.userAgent"],
};
