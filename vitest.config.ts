import { readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { SESSCTL_VERSION: JSON.stringify("0.0.0-test") },
  plugins: [
    {
      name: "scripts-as-text",
      enforce: "pre",
      load(id) {
        return /\.(lua|bash|zsh|fish)$/.test(id)
          ? `export default ${JSON.stringify(readFileSync(id, "utf8"))}`
          : undefined;
      },
    },
  ],
  test: {
    // Whoever runs the tests may have settings of their own: they are looked for where nothing can be.
    env: { XDG_CONFIG_HOME: "/dev/null" },
    globalSetup: "test/helpers/global-setup.ts",
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    // Most of the time a test waits for a process: a core kept free would be idle.
    maxWorkers: "100%",
    // On a busy machine for CI a terminal or a process may be late once: what is broken fails again. On one's own machine
    // every failure shows.
    retry: process.env["CI"] === "true" ? 1 : 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
