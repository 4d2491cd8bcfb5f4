import { UAParser } from "ua-parser-js";
import type { Agent } from "../core/binding.js";
import { isAutomation } from "./automation.js";
import { toolOf } from "./tools.js";

const nobody: Agent = { browser: undefined, major: undefined, os: undefined, form: "other", engine: undefined };

/** Names of one family under several names, so that a family is the same on every device and after every update. */
const families = new Map([
  ["Mobile Safari", "Safari"],
  ["Opera Mobi", "Opera"],
  ["Chromium", "Chrome"],
]);

/** Operating systems that are not Linux although their user agents have `X11;`, as Linux has. */
const otherUnix = /BSD|Solaris|Chromium OS|DragonFly|AIX|HP-UX|UNIX/;

const desktopSystem = /^(?:Windows|macOS|Linux|Chromium OS|Haiku|.*BSD|.*Solaris)$/;

/**
 * Reads one user agent.
 *
 * A browser is told by its family, the same on all devices (`Safari`, not `Mobile Safari`); all Linux distributions are
 * `Linux`, since browsers add and drop the distribution's name between versions. An app's embedded view (`Chrome
 * WebView`, `Facebook`) keeps its own name: it has its own cookies, so a session does not pass from a browser to it. A
 * tool, bot or app is told by its own name, with `form` `other` unless the device is known.
 */
export function readAgent(userAgent: string): Agent {
  if (userAgent === "") return nobody;
  const parser = new UAParser(userAgent);
  const os = systemOf(parser.getOS().name, userAgent);
  const tool = toolOf(userAgent);
  if (tool !== undefined) {
    return lazily(
      userAgent,
      { browser: tool.name, major: tool.major, os },
      {
        form: () => handheld(parser.getDevice().type) ?? "other",
        engine: () => undefined,
      },
    );
  }
  const browser = parser.getBrowser();
  const family = familyOf(browser.name);
  return lazily(
    userAgent,
    // A bare WebKit gives the engine's version, which stands still at 605.
    { browser: family, major: family === "WebKit" ? undefined : majorOf(browser.major), os },
    { form: () => formOf(parser.getDevice().type, os), engine: () => parser.getEngine().name },
  );
}

/** An agent of which more is looked at when somebody asks: device and engine take longer than all the rest together. */
function lazily(
  userAgent: string,
  known: Pick<Agent, "browser" | "major" | "os">,
  later: { readonly form: () => Agent["form"]; readonly engine: () => Agent["engine"] },
): Agent {
  let form: Agent["form"] | undefined;
  let automated: boolean | undefined;
  let engine: { readonly name: Agent["engine"] } | undefined;
  return {
    ...known,
    get form() {
      form ??= later.form();
      return form;
    },
    get automated() {
      return (automated ??= isAutomation(userAgent));
    },
    get engine() {
      engine ??= { name: later.engine() };
      return engine.name;
    },
  };
}

function formOf(device: string | undefined, os: string | undefined): Agent["form"] {
  return handheld(device) ?? (device === undefined && desktopSystem.test(os ?? "") ? "desktop" : "other");
}

function familyOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : (families.get(name) ?? name);
}

function systemOf(name: string | undefined, userAgent: string): string | undefined {
  if (name === "Mac OS") return "macOS";
  if (name !== undefined && userAgent.includes("X11;") && !otherUnix.test(name)) return "Linux";
  if (name === "linux") return "Linux";
  return name;
}

function handheld(device: string | undefined): "mobile" | "tablet" | undefined {
  return device === "mobile" || device === "tablet" ? device : undefined;
}

function majorOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
