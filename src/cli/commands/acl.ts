import { hash } from "node:crypto";
import { Option } from "commander";
import { aclRules, foreignRoles, type Role, roles } from "../../app/acl/index.js";
import { checkedNamespace } from "../../core/input.js";
import { safe } from "../../core/safe-text.js";
import { aclColumns } from "../acl-columns.js";
import { askHidden } from "../ask-hidden.js";
import type { CliCommand, Context } from "../command.js";
import { usageError } from "../errors.js";
import { exitCodes } from "../exit-codes.js";
import { readText } from "../io.js";
import { oneBatch, writeSheet } from "../output.js";
import { say } from "../say.js";
import { ofOption } from "../values.js";

interface Options {
  readonly form: "setuser" | "aclfile";
  readonly name?: string;
  readonly password?: boolean;
}

/** Stands where the password belongs when nobody was asked for one; Redis takes it for a password, so it must be replaced. */
const placeholder = ">PASSWORD";

/** `sessctl acl`. */
export const acl: CliCommand = {
  examples: [
    ["sessctl acl", "the users that sessions need: application, reader, operator"],
    ["sessctl acl operator --password | redis-cli", "create one, its password asked for and never shown"],
    ["sessctl acl --form aclfile >> /etc/redis/users.acl", "lines for an aclfile; replace PASSWORD in them"],
    ["sessctl acl reader --name grafana --namespace shop", "another name, another namespace"],
    ["sessctl acl reader --layout connect-redis", "to look at another framework's sessions"],
    ["sessctl acl -o json", "keys and commands for a program"],
  ],
  sections: [{ title: "Roles", rows: roles.map(({ name, about }) => [name, about]) }],
  configure(command) {
    command
      .argument("[role...]", `${roles.map(({ name }) => name).join(", ")}; all of them when none is named`)
      .addOption(
        new Option("--form <form>", "commands for redis-cli, or lines for an aclfile or redis.conf")
          .choices(["setuser", "aclfile"])
          .default("setuser"),
      )
      .option("--name <name>", "the user's name, when one role is named (default: the role's)")
      .option("--password", "ask for each password, and write its SHA-256; in a pipe they are lines of standard input");
  },
  async run(context, args, command) {
    const { io, settings } = context;
    const { form, name, password } = command.opts<Options>();
    const { roles: known, prefix } = await rolesOf(settings);
    const chosen = args.length === 0 ? known : [...new Set(args)].map((role) => roleOf(role, known));
    if (name !== undefined && chosen.length !== 1) throw usageError("--name is for one role", "Name the role too.");
    const namespace = checkedNamespace(settings.namespace);
    const users = chosen.map((role) => (name === undefined ? role.name : checkedName(name)));
    const secrets = password === true ? await secretsOf(context, users) : [];
    const rules = chosen.map((role, n) =>
      aclRules(role, { namespace, prefix, user: users[n] ?? role.name, secret: secrets[n] ?? placeholder }),
    );
    if (settings.output !== undefined && settings.output !== "table" && settings.output !== "wide") {
      await writeSheet(context, { columns: aclColumns, rows: oneBatch(rules) });
      return exitCodes.done;
    }
    for (const { user, about, setuser, line } of rules) {
      if (!settings.quiet) await io.stderr.line(io.stderr.paint("faint", say`# ${user}: ${about}`));
      await io.stdout.line(safe(form === "setuser" ? setuser : line));
    }
    if (prefix === "" && known === foreignRoles) {
      await io.stderr.line(
        say`these rules reach every key: keys of ${settings.layout} begin with nothing of their own`,
      );
    }
    if (password !== true && !settings.quiet) {
      const hint = say`# replace PASSWORD by a password of its own for each, or run it with --password`;
      await io.stderr.line(io.stderr.paint("faint", hint));
    }
    return exitCodes.done;
  },
};

/** The roles of the layout that the settings name, and what its keys begin with. */
async function rolesOf({
  layout,
  prefix,
}: Context["settings"]): Promise<{ readonly roles: readonly Role[]; readonly prefix: string }> {
  if (layout === "native" || layout === "auto") return { roles, prefix: "" };
  const { layoutNamed } = await import("../../layouts/index.js");
  const begins = prefix ?? ofOption("--layout", () => layoutNamed(layout)).keys.prefix;
  // In a rule a blank would begin another one.
  if (/^[\x21-\x7E]*$/.test(begins)) return { roles: foreignRoles, prefix: begins };
  throw usageError("--prefix: rules of Redis hold printable ASCII only, without blanks", "Write the rules by hand.");
}

function roleOf(name: string, known: readonly Role[]): Role {
  const role = known.find((candidate) => candidate.name === name);
  if (role !== undefined) return role;
  throw usageError(
    `there is no role ${JSON.stringify(name)}`,
    `Roles: ${known.map((candidate) => candidate.name).join(", ")}.`,
  );
}

/** Names that Redis, a shell and a connection URL all take as they are. */
function checkedName(name: string): string {
  if (/^[A-Za-z0-9_.-]{1,64}$/.test(name)) return name;
  throw usageError(
    `--name: ${JSON.stringify(name)} cannot be a user`,
    "Use 1 to 64 letters, digits, dots, dashes and underscores.",
  );
}

/** Gives each user's secret as Redis keeps it: asked for on a terminal, else the lines of standard input. What is printed opens nothing. */
async function secretsOf({ io, settings }: Context, users: readonly string[]): Promise<readonly string[]> {
  if (settings.noInput) throw usageError("--password asks, and --no-input forbids it", "Leave one of them out.");
  const lines = io.stdin.isTTY ? [] : (await readText(io.stdin)).split(/\r?\n/);
  const secrets: string[] = [];
  for (const [n, user] of users.entries()) {
    const password = io.stdin.isTTY ? await askHidden(io, say`Password of ${user}: `) : (lines[n] ?? "");
    if (password.length < shortest) {
      throw usageError(
        `${user} needs a password of ${shortest} characters or more`,
        "openssl rand -base64 24 makes a good one.",
      );
    }
    secrets.push(`#${hash("sha256", password, "hex")}`);
  }
  return secrets;
}

/** Redis tries passwords by the hundred thousand a second: OWASP's least for one without a second factor. */
const shortest = 15;
