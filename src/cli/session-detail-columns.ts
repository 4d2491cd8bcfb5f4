import { clientLabel } from "../clients/label.js";
import type { ClientReader } from "../core/binding.js";
import type { DirectorySession } from "../core/ports.js";
import { rfc3339 } from "./columns.js";
import type { Column } from "./formats/format.js";

/** What `show` has for programs beyond a list: every sighting, the keys of the data, and with `withData` the data. */
export function detailColumns(reader: ClientReader, withData: boolean): readonly Column<DirectorySession>[] {
  return [
    {
      name: "sightings",
      type: "objects",
      about: "the clients seen on it, oldest first",
      value: ({ sightings }) =>
        sightings.map(({ at, ip, userAgent }) => ({
          at: rfc3339(at),
          ip: ip ?? null,
          userAgent: userAgent ?? null,
          client: clientLabel(userAgent, reader),
        })),
    },
    {
      name: "dataKeys",
      type: "texts?",
      about: "names of what the application keeps in it",
      value: ({ data }) => (data === undefined ? null : Object.keys(data)),
    },
    ...(withData
      ? [
          {
            name: "data",
            type: "object?" as const,
            about: "what the application keeps in it",
            value: ({ data }: DirectorySession) => data ?? null,
          },
        ]
      : []),
  ];
}
