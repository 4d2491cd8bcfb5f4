export { type Check, groups, type Step, type Verdict } from "./check.js";
export { checks } from "./checks/index.js";
export { diagnose, type Result } from "./diagnose.js";
