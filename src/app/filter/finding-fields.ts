import { type Finding, severities } from "../../audit/index.js";
import type { Field } from "./fields.js";

/** What a filter can ask about a finding of an audit. To add a field, add an entry. */
export const findingFields: readonly Field<Finding>[] = [
  { name: "id", type: "text", about: "the finding's id, the same on every run", of: ({ id }) => id },
  { name: "rule", type: "text", about: "which rule found it", of: ({ rule }) => rule },
  { name: "severity", type: "text", about: severities.join(", "), of: ({ severity }) => severity },
  {
    name: "rank",
    type: "number",
    about: "the severity as a number, info 0 to critical 4",
    of: ({ severity }) => severities.indexOf(severity),
  },
  { name: "title", type: "text", about: "the rule in a few words", of: ({ title }) => title },
  { name: "user", type: "text", about: 'whose sessions; "" when of none or several', of: ({ user }) => user ?? "" },
  { name: "ip", type: "text", about: "the address to look at first", of: ({ ip }) => ip ?? "" },
  { name: "sessions", type: "texts", about: "ids of the sessions concerned", of: ({ sessions }) => sessions },
  {
    name: "sessionCount",
    type: "number",
    about: "how many sessions are concerned",
    of: ({ sessions }) => sessions.length,
  },
  { name: "firstSeenAt", type: "time", about: "when it began", of: ({ firstSeenAt }) => firstSeenAt ?? undefined },
  {
    name: "lastSeenAt",
    type: "time",
    about: "when it was last the case",
    of: ({ lastSeenAt }) => lastSeenAt ?? undefined,
  },
  {
    name: "evidence",
    type: "any",
    about: "what the rule saw, as evidence.after.country; times are ms",
    of: ({ evidence }) => evidence,
  },
];
