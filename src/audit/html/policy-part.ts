import { grouped } from "../../core/grouped.js";
import { markup, type Html } from "../../html/markup.js";
import type { Judged, PolicyReport } from "../policies/policy-report.js";

/** What is against the policy first. */
const states = ["violated", "not observable", "met"] as const;

/** Sessions named one by one. */
const sessionsShown = 5;

/** What a policy came to: how many requirements in each state, then each with its reason. */
export function policyPart({ name, requirements }: PolicyReport): Html {
  const severalLayouts = new Set(requirements.map(({ layout }) => layout)).size > 1;
  const counts = states.map((state) => ({ state, count: requirements.filter((one) => one.state === state).length }));
  return markup`<h2>Policy ${name}</h2>
    <ul class="tiles" id="policy-counts">
      ${counts.map(
        ({ state, count }) => markup`<li class="${count === 0 ? "none" : classOf(state)}"><b>${count}</b>${state}</li>`,
      )}
    </ul>
    <div class="scroll">
      <table id="policy">
        <thead>
          <tr>
            <th>requirement</th>
            ${severalLayouts ? markup`<th>layout</th>` : undefined}
            <th>state</th>
            <th>asks</th>
            <th>why</th>
            <th class="n wide">sessions</th>
          </tr>
        </thead>
        <tbody>
          ${states.flatMap((state) => requirements.filter((one) => one.state === state)).map((one) => row(one, severalLayouts))}
        </tbody>
      </table>
    </div>`;
}

function row(
  { requirement, layout, state, asks, why, count, severity, sessions }: Judged,
  severalLayouts: boolean,
): Html {
  const named = sessions.slice(0, sessionsShown).map((session) => markup` <code>${session.slice(0, 8)}</code>`);
  return markup`<tr>
    <td class="nb">${requirement}</td>
    ${severalLayouts ? markup`<td class="nb">${layout}</td>` : undefined}
    <td class="nb ${classOf(state)}">${state === "violated" ? markup`<span class="word">violated</span> (${severity})` : state}</td>
    <td>${asks}</td>
    <td>${why}${named.length === 0 ? undefined : markup`<div class="soft">such as${named}</div>`}</td>
    <td class="n wide">${count === 0 ? "" : grouped(count)}</td>
  </tr>`;
}

function classOf(state: Judged["state"]): string {
  return state === "violated" ? "high" : state === "met" ? "good" : "soft";
}
