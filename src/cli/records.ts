import { createClientReader } from "../clients/reader.js";
import { aclColumns } from "./acl-columns.js";
import { findingColumns, requirementColumns } from "./audit-output.js";
import { changeColumns } from "./change-report.js";
import { ruleColumns } from "./audit-rules.js";
import { sessionColumns } from "./columns.js";
import { layoutColumns, probeColumns } from "./layout-columns.js";
import { profileColumns } from "./profile/list.js";
import { settingColumns } from "./profile/show.js";
import { checkColumns } from "./doctor-output.js";
import { eventColumns } from "./event-columns.js";
import type { Column } from "./formats/format.js";
import { detailColumns } from "./session-detail-columns.js";
import { statsColumns } from "./stats-columns.js";
import { trailColumns } from "./trail-columns.js";
import { chainColumns } from "./trail-report.js";

/** A kind of thing that commands write, with its fields: a part of docs/output.md. */
export interface RecordKind {
  readonly name: string;
  /** Which commands write it, and when. */
  readonly writtenBy: string;
  /** Where json has the list in an object, beside what holds for all of them. */
  readonly member?: {
    readonly name: string;
    readonly beside: string;
    /** The object has it inside this one. */
    readonly within?: string;
  };
  readonly fields: readonly Pick<Column<never>, "name" | "type" | "about">[];
}

const reader = createClientReader();

/** Every kind of thing that is written in json, ndjson and csv. A command with a new kind adds its line. */
export const records: readonly RecordKind[] = [
  {
    name: "session",
    writtenBy: "list; revoke and expire with --dry-run",
    fields: sessionColumns(reader).filter(({ onRequest }) => onRequest !== true),
  },
  {
    name: "session in full",
    writtenBy: "show; data only with --data",
    fields: [...sessionColumns(reader).filter(({ onRequest }) => onRequest !== true), ...detailColumns(reader, true)],
  },
  {
    name: "what a session has only with --columns",
    writtenBy: "list",
    fields: sessionColumns(reader).filter(({ onRequest }) => onRequest === true),
  },
  { name: "change", writtenBy: "revoke and expire", fields: changeColumns },
  { name: "event", writtenBy: "events", fields: eventColumns },
  {
    name: "finding",
    writtenBy: "audit",
    member: { name: "findings", beside: "audit (what was looked at) and notRun (rules that could not be)" },
    fields: findingColumns,
  },
  {
    name: "count",
    writtenBy: "stats",
    member: { name: "counts", beside: "stats (how many in all) and dimensions (what each is counted by)" },
    fields: statsColumns,
  },
  {
    name: "check",
    writtenBy: "doctor",
    member: { name: "checks", beside: "doctor (when, and which servers)" },
    fields: checkColumns,
  },
  { name: "user of Redis", writtenBy: "acl", fields: aclColumns },
  { name: "deed", writtenBy: "trail", fields: trailColumns },
  { name: "chain", writtenBy: "trail --verify", fields: chainColumns },
  {
    name: "requirement",
    writtenBy: "audit --policy; in ndjson and csv where nothing but a policy is asked for",
    member: { name: "requirements", within: "policy", beside: "name; `policy` is null when none was asked for" },
    fields: requirementColumns,
  },
  { name: "rule", writtenBy: "audit --list-rules", fields: ruleColumns },
  { name: "layout", writtenBy: "layouts", fields: layoutColumns },
  { name: "path in a layout's data", writtenBy: "layouts --probe", fields: probeColumns },
  { name: "profile", writtenBy: "profile list", fields: profileColumns },
  { name: "setting", writtenBy: "profile show", fields: settingColumns },
];
