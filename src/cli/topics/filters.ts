import { examples } from "../../app/filter/examples.js";
import { type Field, type FieldType, sessionFields } from "../../app/filter/fields.js";
import { findingFields } from "../../app/filter/finding-fields.js";
import { functions } from "../../app/filter/functions.js";
import { createClientReader } from "../../clients/reader.js";
import type { HelpPage } from "../help/page.js";

const types: Readonly<Record<FieldType, string>> = {
  text: "text",
  number: "number",
  time: "time",
  span: "duration",
  texts: "list of texts",
  any: "map",
};

function rowOf<Row>({ name, type, about }: Field<Row>): [string, string] {
  return [name, `${types[type]}: ${about}`];
}

/** `sessctl help filters`. */
export const filtersTopic: HelpPage = {
  examples: examples.map(([filter, asks]) => [`sessctl list --where '${filter}'`, asks]),
  description: [
    "--where takes a filter in CEL (the Common Expression Language): fields, compared by ==, !=, <, <=, > and >=, and joined by && (and), || (or) and ! (not). Texts stand in quotes. A filter is checked before anything is read from Redis.",
    'What a session does not tell: an absent text is "", so !(level == "aal2") has the sessions without a level too. An absent key of data is null, which equals no text and no number, and is neither more nor less than one. A time or number that is not known, such as authenticatedAt of an anonymous session, matches no comparison, and none behind a ! either; with || the other side still counts.',
    "A filter that says which users are meant, by user == or user in, reads those users' sessions alone. No row keeps a filter busy for long: one so large that it might is left out, and it is said how many were.",
  ].join("\n\n"),
  sections: [
    {
      title: "Fields",
      rows: [...sessionFields(createClientReader()).map(rowOf), ["now", "time: the present"]],
    },
    { title: "Fields of findings, for audit --where", rows: findingFields.map(rowOf) },
    { title: "Functions", rows: functions },
  ],
};
