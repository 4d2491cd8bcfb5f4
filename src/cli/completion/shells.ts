import bash from "./sessctl.bash";
import fish from "./sessctl.fish";
import zsh from "./sessctl.zsh";

/** What a shell reads to complete sessctl's command lines, by the shell's name. */
export const scripts: Readonly<Record<string, string>> = { bash, zsh, fish };

/** The shells that there is a completion for. */
export const shellNames = Object.keys(scripts);
