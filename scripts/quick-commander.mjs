import { readFileSync } from "node:fs";

/**
 * An esbuild plugin that keeps commander from loading `node:child_process`, a tenth of what `sessctl list --help` takes
 * beyond bare Node: commander needs it for commands that are programs of their own, of which sessctl has none. The build
 * fails when a new commander no longer has that place.
 */
export const quickCommander = {
  name: "quick-commander",
  setup(build) {
    build.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const loading = "require('node:child_process')";
      if (source.split(loading).length !== 2)
        throw new Error(`${path} is not as expected: see scripts/quick-commander.mjs`);
      return { contents: source.replace(loading, "undefined"), loader: "js" };
    });
  },
};
