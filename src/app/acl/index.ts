export { type Role, type RoleName } from "./role.js";
export { roles } from "./roles.js";
export { type AclRules, aclRules } from "./rules.js";
