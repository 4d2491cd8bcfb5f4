/** The completion of a shell, carried into the build as text. */
declare module "*.bash" {
  const source: string;
  export default source;
}

declare module "*.zsh" {
  const source: string;
  export default source;
}

declare module "*.fish" {
  const source: string;
  export default source;
}
