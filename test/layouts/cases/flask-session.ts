import old from "../fixtures/flask-session-0.3.json" with { type: "json" };
import json from "../fixtures/flask-session-json.json" with { type: "json" };
import msgpack from "../fixtures/flask-session.json" with { type: "json" };
import { type ApplicationFixture, byApplication } from "./application.js";
import type { LayoutCases } from "./cases.js";

const before = "session:";
const cart = [{ sku: "é|1", price: 9.5 }];

/** Flask-Session's, in each of its formats; the pickles of before 0.7. */
export const flaskSession: readonly LayoutCases[] = [msgpack, json, old].map((fixture: ApplicationFixture) =>
  byApplication({
    layout: "flask-session",
    fixture,
    before,
    // PERMANENT_SESSION_LIFETIME of the application.
    idleMs: 2_678_400_000,
    data: (user) => (user === undefined ? {} : { user_id: user, cart }),
    foreign: [
      { key: before, ttlMs: null, string: "{}" },
      { key: "sessions:abc", ttlMs: null, string: '{"_permanent":true}' },
      { key: "flask_cache_view//", ttlMs: 60_000, string: { base64: "IYAESwAu" } },
      { key: "session:of-another-type", ttlMs: null, set: ["a"] },
    ],
    corrupt: [
      { key: `${before}truncated`, ttlMs: 60_000, string: { base64: "g6pfcGVybWFuZW50w6d1c2Vy" }, why: /^truncated$/ },
      { key: `${before}json`, ttlMs: 60_000, string: '{"_permanent":tr', why: /^not JSON$/ },
      { key: `${before}list`, ttlMs: 60_000, string: { base64: "kgEC" }, why: /no map/ },
      { key: `${before}empty`, ttlMs: null, string: "", why: /truncated/ },
      // Runs os.system when it is loaded.
      {
        key: `${before}executable`,
        ttlMs: 60_000,
        string: {
          base64: Buffer.from("80048c05706f736978948c0673797374656d93948c046563686f859452942e", "hex").toString(
            "base64",
          ),
        },
        why: /^executable pickle \(STACK_GLOBAL\): never run$/,
      },
    ],
  }),
);
