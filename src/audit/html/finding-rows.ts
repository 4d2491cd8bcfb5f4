import { explain } from "../explain.js";
import type { Finding } from "../finding.js";
import { severities } from "../severity.js";
import { markup, type Html } from "../../html/markup.js";
import { utc } from "../../html/times.js";

/** Sessions named one by one. */
const sessionsShown = 5;

/** A finding: who and when in a line, and below what was seen, on what evidence, and what to do. */
export function findingRows(finding: Finding): Html {
  const { id, rule, severity, user, ip, sessions, evidence, firstSeenAt, lastSeenAt } = finding;
  const { summary, next } = explain(finding);
  const rest = sessions.length - sessionsShown;
  return markup`<tbody
    data-severity="${severities.indexOf(severity)}"
    data-rule="${rule}"
    data-user="${user ?? ""}"
    data-at="${lastSeenAt ?? 0}"
  >
    <tr>
      <td><span class="word ${severity}">${severity}</span></td>
      <td class="nb">${rule}</td>
      <td class="mono">${user ?? "–"}</td>
      <td class="mono wide ids">
        ${sessions.slice(0, sessionsShown).map((session) => markup`${session.slice(0, 8)} `)}${rest > 0 ? `and ${rest} more` : ""}
      </td>
      <td class="mono wide">${ip ?? "–"}</td>
      <td class="nb wide">${utc(lastSeenAt)}</td>
    </tr>
    <tr>
      <td></td>
      <td colspan="5">
        ${summary}
        <ul class="commands">
          ${next.map((command) => markup`<li><code>${command}</code></li>`)}
        </ul>
        <details>
          <summary>evidence</summary>
          <pre>${markup`finding ${id}, from ${utc(firstSeenAt)} to ${utc(lastSeenAt)}\n`}${lines(JSON.stringify(evidence, undefined, 2))}</pre>
        </details>
      </td>
    </tr>
  </tbody>
`;
}

/** JSON has line breaks of its own; those inside its texts are escaped by it. */
function lines(json: string): readonly Html[] {
  return json.split("\n").map((line) => markup`${line}\n`);
}
