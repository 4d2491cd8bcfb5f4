import { describe, expect, it } from "vitest";
import { type Agent, clientChange, type ClientReader } from "../../src/core/binding.js";

const agent = (browser: string, major: number, os = "Windows"): Agent => ({
  browser,
  major,
  os,
  form: "desktop",
  engine: "Blink",
});

/** Reads `Chrome 150` as an agent, and takes the first number of an address for its network. */
const reader: ClientReader = {
  network: (ip) => (ip.includes(".") ? ip.split(".")[0] : undefined),
  agent: (text) => agent(text.split(" ")[0] ?? "", Number(text.split(" ")[1])),
};

const nothing = { ip: false, network: false, userAgent: false, agent: false };

describe("clientChange", () => {
  it.each([
    ["the same client", ["1.1", "Chrome 150"], ["1.1", "Chrome 150"], nothing],
    ["another address of the network", ["1.1", "Chrome 150"], ["1.2", "Chrome 150"], { ...nothing, ip: true }],
    ["another network", ["1.1", "Chrome 150"], ["2.1", "Chrome 150"], { ...nothing, ip: true, network: true }],
    ["a browser update", ["1.1", "Chrome 150"], ["1.1", "Chrome 151"], { ...nothing, userAgent: true }],
    ["another browser", ["1.1", "Chrome 150"], ["1.1", "Firefox 150"], { ...nothing, userAgent: true, agent: true }],
    ["a lost address", ["1.1", "Chrome 150"], [undefined, "Chrome 150"], { ...nothing, ip: true, network: true }],
    ["a lost user agent", ["1.1", "Chrome 150"], ["1.1", undefined], { ...nothing, userAgent: true, agent: true }],
    ["two addresses that are none", ["x", "Chrome 150"], ["y", "Chrome 150"], { ...nothing, ip: true, network: true }],
    ["nothing known of either", [undefined, undefined], [undefined, undefined], nothing],
  ])("%s", (_, [ip1, ua1], [ip2, ua2], expected) => {
    expect(clientChange({ ip: ip1, userAgent: ua1 }, { ip: ip2, userAgent: ua2 }, reader)).toEqual(expected);
  });
});
