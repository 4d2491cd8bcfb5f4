import type { Check } from "../check.js";
import { strayKeys } from "./stray-keys.js";
import { sessionsOver } from "./sessions-over.js";
import { indexScores } from "./index-scores.js";
import { indexMissing } from "./index-missing.js";
import { indexEntries } from "./index-entries.js";
import { corruptRecords } from "./corrupt-records.js";
import { bind } from "./bind.js";
import { clockSkew } from "./clock-skew.js";
import { clusterState } from "./cluster-state.js";
import { connectedUser } from "./connected-user.js";
import { dangerousCommands } from "./dangerous-commands.js";
import { defaultUser } from "./default-user.js";
import { diskWrites } from "./disk-writes.js";
import { encryption } from "./encryption.js";
import { evictionPolicy } from "./eviction-policy.js";
import { keyspaceEvents } from "./keyspace-events.js";
import { memoryFragmentation } from "./memory-fragmentation.js";
import { memoryLimit } from "./memory-limit.js";
import { minReplicas } from "./min-replicas.js";
import { persistence } from "./persistence.js";
import { plainPort } from "./plain-port.js";
import { protectedMode } from "./protected-mode.js";
import { replication } from "./replication.js";
import { slowCalls } from "./slow-calls.js";
import { version } from "./version.js";

/** Every check, in the order of a report within its group. To add one, write its file and add it here. */
export const checks: readonly Check[] = [
  evictionPolicy,
  memoryLimit,
  memoryFragmentation,
  persistence,
  diskWrites,
  encryption,
  plainPort,
  bind,
  protectedMode,
  defaultUser,
  connectedUser,
  dangerousCommands,
  version,
  clockSkew,
  slowCalls,
  keyspaceEvents,
  replication,
  minReplicas,
  clusterState,
  indexMissing,
  indexScores,
  indexEntries,
  sessionsOver,
  corruptRecords,
  strayKeys,
];
