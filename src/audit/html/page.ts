import { grouped } from "../../core/grouped.js";
import { type AuditReport, isOfPolicy } from "../report.js";
import { severities } from "../severity.js";
import { findingRows } from "./finding-rows.js";
import { type Involved, involved } from "./involved.js";
import { markup, type Html } from "../../html/markup.js";
import { htmlDocument } from "../../html/document.js";
import { policyPart } from "./policy-part.js";
import { script } from "./script.js";
import { timeline } from "./timeline.js";
import { utc } from "../../html/times.js";

/** Rows of a table of what is involved. */
const involvedShown = 12;

/**
 * The report as one file: no request, no script but its own (a strict content security policy says so), readable without
 * scripts, in light, dark and print.
 */
export function htmlReport(report: AuditReport, version: string): string {
  const { audit, policy } = report;
  const rules = audit.rules.length === 0 ? "" : ` · ${audit.rules.length} rules`;
  const body = markup`<h1>Session audit</h1>
<p class="soft">${utc(audit.at)} UTC · ${grouped(audit.sessions)} sessions${audit.since === null ? "" : ` with something new since ${utc(audit.since)}`} · layout ${audit.layout}${rules} · sessctl ${version}. All times are UTC.</p>
${isOfPolicy(report) ? undefined : anomalies(report)}
${policy && policyPart(policy)}
${findingsPart(report)}
${notesPart(report)}`;
  return htmlDocument(`Session audit, ${utc(audit.at)} UTC`, body, script);
}

/** What was found, summed up. */
function anomalies(report: AuditReport): Html {
  const tiles = severities.toReversed().map((severity) => {
    const count = report.findings.filter((finding) => finding.severity === severity).length;
    return markup`<li class="${count === 0 ? "none" : severity}"><b>${grouped(count)}</b>${severity}</li>`;
  });
  return markup`<ul class="tiles">${tiles}</ul>
${byRule(report)}
${timelinePart(report)}
${involvedPart(report)}`;
}

function byRule({ findings }: AuditReport): Html {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  if (rules.length === 0) return markup`<h2>Nothing was found</h2>`;
  const worst = severities.toReversed();
  return markup`<h2>By rule</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>rule</th>
            ${worst.map((severity) => markup`<th class="n">${severity}</th>`)}
            <th class="n">all</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map((rule) => {
            const own = findings.filter((finding) => finding.rule === rule);
            const cells = worst.map((severity) => {
              const count = own.filter((finding) => finding.severity === severity).length;
              return count === 0 ? markup`<td class="n"></td>` : markup`<td class="n ${severity}">${count}</td>`;
            });
            return markup`<tr>
              <td>${rule}<span class="soft wide"> · ${own[0]?.title}</span></td>
              ${cells}
              <td class="n">${own.length}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

function timelinePart({ findings }: AuditReport): Html | undefined {
  const drawn = timeline(findings);
  return (
    drawn &&
    markup`<h2>When it was last the case</h2>
      ${drawn}`
  );
}

function involvedPart({ findings }: AuditReport): Html | undefined {
  const { networks, clients } = involved(findings);
  if (networks.length === 0 && clients.length === 0) return undefined;
  return markup`<div class="pair">${involvedTable("Networks", networks)}${involvedTable("Clients", clients)}</div>`;
}

function involvedTable(title: string, all: readonly Involved[]): Html {
  const rest = all.length - involvedShown;
  return markup`<section>
    <h2>${title} in the evidence</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${title.toLowerCase()}</th>
            <th class="n">findings</th>
          </tr>
        </thead>
        <tbody>
          ${all.slice(0, involvedShown).map(
            ({ name, findings }) =>
              markup`<tr>
                <td>${name}</td>
                <td class="n">${findings}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? markup`<p class="soft">and ${rest} more</p>` : undefined}
  </section>`;
}

function findingsPart({ findings }: AuditReport): Html | undefined {
  if (findings.length === 0) return undefined;
  const rules = [...new Set(findings.map(({ rule }) => rule))].toSorted((a, b) => (a < b ? -1 : 1));
  return markup`<h2>Findings</h2>
    <form id="filter">
      <input type="search" name="text" placeholder="user, address, session, words" aria-label="text" /><select
        name="severity"
        aria-label="severity"
      >
        <option value="">every severity</option>
        ${severities
          .map(
            (severity, n) =>
              markup`<option value="${n}">${severity}${n < severities.length - 1 ? " or more" : ""}</option>`,
          )
          .toReversed()}</select
      ><select name="rule" aria-label="rule">
        <option value="">every rule</option>
        ${rules.map((rule) => markup`<option>${rule}</option>`)}</select
      ><button type="reset">all</button><span id="shown" class="soft" role="status"></span>
    </form>
    <div class="scroll">
      <table id="findings">
        <thead>
          <tr>
            <th data-key="severity">severity</th>
            <th data-key="rule">rule</th>
            <th data-key="user">user</th>
            <th class="wide">sessions</th>
            <th class="wide">address</th>
            <th class="wide" data-key="at">last seen</th>
          </tr>
        </thead>
        ${findings.map(findingRows)}
      </table>
    </div>`;
}

function notesPart({ audit, notRun }: AuditReport): Html {
  const counts = (list: AuditReport["audit"]["omitted"]) =>
    list.map(({ rule, findings }) => `${rule} (${findings})`).join(", ");
  return markup`<h2>What stands behind it</h2>
    ${audit.omitted.length > 0 ? markup`<p>Left out, since there were too many: ${counts(audit.omitted)}.</p>` : undefined}
    ${audit.suppressed.length > 0 ? markup`<p>Dropped by an allow-list: ${counts(audit.suppressed)}.</p>` : undefined}
    ${audit.known === undefined ? undefined : markup`<p>${audit.known} findings left out: the baseline has them.</p>`}
    ${audit.rules.length > 0 ? markup`<p>Rules that ran: ${audit.rules.join(", ")}.</p>` : undefined}
    ${
      notRun.length > 0
        ? markup`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>did not run</th>
                  <th>why</th>
                </tr>
              </thead>
              <tbody>
                ${notRun.map(
                  ({ rule, why }) =>
                    markup`<tr>
                      <td class="nb">${rule}</td>
                      <td>${why}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : undefined
    }
    <p class="soft">
      ${audit.data.length === 0 ? "No data on places was used." : `Data: ${audit.data.map(({ name, date }) => `${name}, ${date}`).join("; ")}.`}
      Somebody who uses a copied token from the victim's own network with the victim's own browser string leaves no
      trace in sessions: that is not found.
    </p>`;
}
