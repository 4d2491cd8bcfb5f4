// PHP, Laravel, Django and Flask-Session from Debian's packages, for the tests that run real applications. Only where CI
// is set: on a person's own machine those tests are skipped with the command that would install them.
import { debianPackages } from "../fixtures/writers.mjs";
import { run, say, tail } from "./step.mjs";

/** Installs what the tests of real applications need, if this is a machine for CI that has apt-get and lets us; without it they are skipped by name. */
export function installFrameworks() {
  if (!process.env.CI || process.getuid?.() !== 0 || run("apt-get", ["--version"]).code !== 0) return;
  const there = run("dpkg-query", ["-W", "-f", "${db:Status-Status}\n", ...debianPackages]);
  if (there.code === 0 && there.output.split("\n").every((status) => status === "installed")) return;
  say(`installing frameworks for the tests (apt-get install ${debianPackages.join(" ")})`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // A list of packages that is there will do; one that is old or missing is fetched.
  const install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", ...debianPackages].join(" ");
  const { code, output } = run("sh", ["-c", `${install} || { apt-get update -qq && ${install}; }`], { env });
  if (code !== 0) say(`they could not be installed; tests that need them are skipped.\n${tail(output)}`);
}
