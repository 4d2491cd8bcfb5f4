import { someStrangePlace } from "./networks.js";
import type { Person } from "./people.js";
import { dayMs, minuteMs, type SessionPlan, type Step, type Takeover } from "./plan.js";
import type { Random } from "./random.js";
import { someData } from "./session-data.js";
import { type Device, someDesktop, tools } from "./user-agents.js";

/** How each stolen session is used, and whether its owner goes on using it beside the thief. */
const takeovers: readonly { readonly by: Takeover; readonly ownerStays: boolean }[] = [
  { by: "stranger", ownerStays: false },
  { by: "stranger", ownerStays: true },
  { by: "stranger", ownerStays: false },
  { by: "stranger", ownerStays: true },
  { by: "stranger", ownerStays: false },
  { by: "tool", ownerStays: true },
  { by: "tool", ownerStays: false },
  { by: "tool", ownerStays: true },
];

/** Sessions whose token was copied and is used from elsewhere, each of another user. */
export function plantedTakeovers(random: Random, people: readonly Person[]): readonly SessionPlan[] {
  const start = random.whole(0, people.length - 1);
  return takeovers.flatMap(({ by, ownerStays }, n) => {
    // Far apart in a large population, and never the same one in a small one.
    const victim = people[(start + n * Math.floor(people.length / takeovers.length)) % people.length];
    return victim === undefined ? [] : [takenOver(random, victim, by, ownerStays)];
  });
}

function takenOver(random: Random, victim: Person, by: Takeover, ownerStays: boolean): SessionPlan {
  const onPhone = random.chance(0.5);
  const device = onPhone ? victim.phone : victim.desktop;
  const client = { ip: victim.home.address(random), userAgent: device.userAgent(0) };
  const thief = { ip: someStrangePlace(random).address(random), userAgent: thiefsAgent(random, by, device) };
  const stolenAgo = random.skewed(12 * minuteMs, 8 * 60 * minuteMs);
  const steps: readonly Step[] = [
    { ago: stolenAgo + random.whole(1, 20) * minuteMs, client, action: "request" },
    { ago: stolenAgo, client: thief, action: "request" },
    ...(ownerStays ? [{ ago: stolenAgo * 0.6, client, action: "request" } as const] : []),
    { ago: stolenAgo * 0.2, client: thief, action: "request" },
  ];
  return {
    user: victim.user,
    level: "aal1",
    idleMs: 7 * dayMs,
    absoluteMs: 30 * dayMs,
    data: someData(random),
    createdAgo: stolenAgo + random.skewed(60 * minuteMs, 2 * dayMs),
    client,
    steps,
    takeover: by,
  };
}

/** A tool's name, or another browser on another system than the owner's: a thief works at a desk, with their own. */
function thiefsAgent(random: Random, by: Takeover, owner: Device): string {
  if (by === "tool") return random.pick(tools);
  const own = owner.userAgent(0);
  for (;;) {
    const userAgent = someDesktop(random).userAgent(random.whole(0, 3));
    if (system(userAgent) !== system(own) && browser(userAgent) !== browser(own)) return userAgent;
  }
}

function system(userAgent: string): string | undefined {
  return /\(([A-Za-z]+)/.exec(userAgent)?.[1];
}

function browser(userAgent: string): string | undefined {
  return ["Edg/", "SamsungBrowser/", "Chrome/", "Firefox/", "Safari/"].find((name) => userAgent.includes(name));
}
