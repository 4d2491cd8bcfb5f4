import type { AclRules } from "../app/acl/index.js";
import type { Column } from "./formats/format.js";

/** The fields of a user's rules. */
export const aclColumns: readonly Column<AclRules>[] = [
  { name: "user", type: "text", about: "name of the user", value: ({ user }) => user },
  { name: "role", type: "text", about: "application, reader or operator", value: ({ role }) => role },
  { name: "about", type: "text", about: "what the role may do", value: ({ about }) => about },
  { name: "keys", type: "texts", about: "rules for keys", value: ({ keys }) => keys },
  { name: "commands", type: "texts", about: "rules for commands", value: ({ commands }) => commands },
  { name: "setuser", type: "text", about: "the command that makes it so", value: ({ setuser }) => setuser },
  { name: "line", type: "text", about: "the line of an aclfile", value: ({ line }) => line },
];
