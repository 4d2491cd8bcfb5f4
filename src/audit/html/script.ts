/** Filters and sorts the findings in the page; without it all of them stand there, the most severe first. */
export const script = `
"use strict";
const table = document.getElementById("findings");
const form = document.getElementById("filter");
if (table !== null && form !== null) {
  document.documentElement.classList.add("scripted");
  const bodies = Array.from(table.tBodies);
  const texts = new Map(bodies.map((body) => [body, body.textContent.toLowerCase()]));
  const shown = document.getElementById("shown");
  const filter = () => {
    const { severity, rule, text } = form.elements;
    const words = text.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    let count = 0;
    for (const body of bodies) {
      const is = (severity.value === "" || Number(body.dataset.severity) >= Number(severity.value))
        && (rule.value === "" || body.dataset.rule === rule.value)
        && words.every((word) => texts.get(body).includes(word));
      body.hidden = !is;
      if (is) count += 1;
    }
    shown.textContent = count === bodies.length ? count + " findings" : count + " of " + bodies.length + " findings";
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const head of table.tHead.rows[0].cells) {
    const key = head.dataset.key;
    if (key === undefined) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const numeric = key === "severity" || key === "at";
      const of = (body) => (numeric ? Number(body.dataset[key]) : body.dataset[key]);
      const order = (a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0);
      bodies.sort((a, b) => (up ? order(a, b) : order(b, a)));
      table.append(...bodies);
    });
  }
  filter();
}
`;
