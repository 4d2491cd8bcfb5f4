import type { SessctlError } from "../../core/errors.js";
import { didYouMean } from "../../app/nearest.js";
import type { CliCommand } from "../command.js";
import { usageError } from "../errors.js";
import { noSource } from "../settings/resolve.js";
import { flagSource } from "../settings/options.js";
import { addProfile, addProfileOptions } from "../profile/add.js";
import { removeProfile, useProfile } from "../profile/change.js";
import { listProfiles } from "../profile/list.js";
import { showProfile, showSettings } from "../profile/show.js";

/** What can be done with profiles. */
export const profileActions = ["list", "add", "use", "show", "remove"] as const;

/** `sessctl profile`. */
export const profile: CliCommand = {
  usesRedis: false,
  examples: [
    ["sessctl profile add prod --url rediss://cache-1 --username ops --password --protected", "asks for the password"],
    ["sessctl profile use prod", "from now on, where nothing else is named"],
    ["sessctl list --profile staging", "with another, once"],
    ["sessctl profile list", "all of them"],
    ["sessctl profile show", "the settings that hold here, and where each comes from"],
    ["sessctl profile remove staging", "forget it"],
  ],
  configure(command) {
    command.argument("[action]", `${profileActions.join(", ")} (default: list)`).argument("[name]", "of the profile");
    addProfileOptions(command);
  },
  async run(context, [action = "list", name], command) {
    const flags = command.parent === null ? noSource : flagSource(command.parent);
    const named = () => {
      if (name !== undefined) return name;
      throw usageError(`profile ${action} needs the name of a profile`, `sessctl profile ${action} prod`);
    };
    if (action !== "add") checkNoOptions(command.opts());
    switch (action) {
      case "list":
        return await listProfiles(context, flags);
      case "show":
        return name === undefined ? await showSettings(context, flags) : await showProfile(context, name);
      case "add":
        return await addProfile(context, named(), flags, command);
      case "use":
        return await useProfile(context, named());
      case "remove":
        return await removeProfile(context, named());
      default:
        throw unknownAction(action);
    }
  },
};

function unknownAction(action: string): SessctlError {
  const there = `Actions: ${profileActions.join(", ")}.`;
  return usageError(`profile has no action ${JSON.stringify(action)}`, didYouMean(action, profileActions, there));
}

function checkNoOptions(options: object): void {
  const [given] = Object.keys(options);
  if (given !== undefined) throw usageError("these options are for profile add", "sessctl profile --help");
}
