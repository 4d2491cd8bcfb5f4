// The shells that the completion is tested in. Without them the tests that need them are left out, and that is said here.
import { run, say } from "./step.mjs";

const shells = ["bash", "zsh", "fish"];

const isThere = (shell) => run(shell, ["--version"]).code === 0;

/** Installs the shells that are missing, where that can be done without asking. */
export function installShells() {
  const missing = shells.filter((shell) => !isThere(shell));
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && run("apt-get", ["--version"]).code === 0) {
    say(`installing ${missing.join(" and ")} to test the completion in`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    run("sh", ["-c", `apt-get update -qq; apt-get install -y -qq --no-install-recommends ${missing.join(" ")}`], {
      env,
    });
  }
  const still = missing.filter((shell) => !isThere(shell));
  if (still.length > 0) say(`no ${still.join(" and no ")} here: the completion is not tested in it`);
}
