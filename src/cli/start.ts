/** What `main` loads unless only the version is asked for, as one file of the build: every file costs start-up time. */
export { processIo } from "./io.js";
export { run } from "./program.js";
