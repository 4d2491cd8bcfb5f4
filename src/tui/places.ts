import type { Context } from "./binding.js";

/** The tables. */
export const tables: readonly Context[] = ["sessions", "groups", "findings", "events"];

/** What fills the screen: tables and details. */
export const pages: readonly Context[] = [...tables, "details"];

/** What is gone through line by line. */
export const lists: readonly Context[] = [...pages, "result", "help"];

/** What one of several is chosen from. */
export const menus: readonly Context[] = ["sort", "group"];

/** Every place. */
export const everywhere: readonly Context[] = [...lists, ...menus, "filter", "dialog"];
