// Everything that a filter needs, loaded together.
export { compileFilter } from "../app/filter/compile.js";
export { sessionFields } from "../app/filter/fields.js";
export { createClientReader } from "../clients/reader.js";
export { findingFields } from "../app/filter/finding-fields.js";
