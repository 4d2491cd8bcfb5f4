export { type Role, type RoleName } from "./role.js";
export { foreignRoles, roles } from "./roles.js";
export { type AclRules, aclRules } from "./rules.js";
