import type { CommandEntry } from "../command.js";

/** Every command, in the order of the program's help. To add one, write its file and add its line; it is loaded when it is used. */
export const commands: readonly CommandEntry[] = [
  {
    name: "list",
    alias: "ls",
    summary: "sessions, most recently active first",
    load: async () => (await import("./list.js")).list,
  },
  { name: "show", summary: "everything about a session", load: async () => (await import("./show.js")).show },
  {
    name: "revoke",
    summary: "end sessions now",
    load: async () => (await import("./revoke.js")).revoke,
  },
  {
    name: "expire",
    summary: "bring the end of sessions forward",
    load: async () => (await import("./expire.js")).expire,
  },
  {
    name: "audit",
    summary: "look for hijacked, anomalous and unsafe sessions",
    load: async () => (await import("./audit.js")).audit,
  },
  {
    name: "events",
    summary: "what happened to sessions, and what happens",
    load: async () => (await import("./events.js")).events,
  },
  {
    name: "trail",
    summary: "what operators changed, and whether anybody tampered with that",
    load: async () => (await import("./trail.js")).trail,
  },
  {
    name: "stats",
    summary: "what the sessions are like: counts and distributions, drawn",
    load: async () => (await import("./stats.js")).stats,
  },
  {
    name: "doctor",
    summary: "is this Redis fit to hold sessions, with the fix for what is not",
    load: async () => (await import("./doctor.js")).doctor,
  },
  {
    name: "acl",
    summary: "the rights in Redis that an application, a reader and an operator need",
    load: async () => (await import("./acl.js")).acl,
  },
  {
    name: "layouts",
    summary: "how sessions can be stored, what each layout tells, and which are here",
    load: async () => (await import("./layouts.js")).layouts,
  },
  { name: "top", summary: "the live screen", load: async () => (await import("./top.js")).top },
  {
    name: "profile",
    summary: "named connections: which Redis, and how to get in",
    load: async () => (await import("./profile.js")).profile,
  },
  {
    name: "completion",
    summary: "completes command lines in bash, zsh and fish",
    load: async () => (await import("./completion.js")).completionOf(commands),
  },
  {
    name: "demo",
    summary: "a private Redis with a believable population and live traffic",
    load: async () => (await import("./demo.js")).demo,
  },
];
