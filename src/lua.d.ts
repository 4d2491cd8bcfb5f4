/** A Lua script, carried into the build as text. */
declare module "*.lua" {
  const source: string;
  export default source;
}
