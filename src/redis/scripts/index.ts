import { appendTrailScript } from "./append-trail.js";
import { createLimitedScript } from "./create-limited.js";
import { createScript } from "./create.js";
import { cutoffScript } from "./cutoff.js";
import { destroyScript } from "./destroy.js";
import { readScript } from "./read.js";
import { readUserIndexesScript } from "./read-user-indexes.js";
import { reindexScript } from "./reindex.js";
import { revokeUserScript } from "./revoke-user.js";
import { rollScript } from "./roll.js";
import { rotateScript } from "./rotate.js";
import { sweepScript } from "./sweep.js";
import { updateScript } from "./update.js";
import { userScoresScript } from "./user-scores.js";

/** Every script by its name. To add one, write its files and add it here: the slow log is read with these. */
export const scripts: Readonly<Record<string, { readonly sha1: string }>> = {
  append_trail: appendTrailScript,
  create: createScript,
  create_limited: createLimitedScript,
  cutoff: cutoffScript,
  destroy: destroyScript,
  read: readScript,
  read_user_indexes: readUserIndexesScript,
  reindex: reindexScript,
  revoke_user: revokeUserScript,
  roll: rollScript,
  rotate: rotateScript,
  sweep: sweepScript,
  update: updateScript,
  user_scores: userScoresScript,
};
