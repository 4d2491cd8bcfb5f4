/** Middle of a list of numbers. */
export function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs `work(n)` for each n below `count`, `together` of them at a time; resolves to how many a second. */
export async function rate(count, together, work) {
  let next = 0;
  const began = process.hrtime.bigint();
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: together }, worker));
  return count / (Number(process.hrtime.bigint() - began) / 1e9);
}

/** CPU seconds that a Redis has used. */
export async function cpuOf(client) {
  const info = await client.info("cpu");
  const seconds = (name) => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)[1]);
  return seconds("used_cpu_user") + seconds("used_cpu_sys");
}

/** One line of a results table: the medians, their ratio, and its spread over the rounds. Without a target it is for information. */
export function row(what, ours, theirs, { better, target, unit }) {
  const ratios = ours.map((value, n) => value / theirs[n]);
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const ratio = median(ratios);
  if (target === undefined)
    return `| ${what} | ${format(median(ours))} ${unit} | ${format(median(theirs))} ${unit} | **${ratio.toFixed(2)}** (${spread}) | | |`;
  const met = better === "higher" ? ratio >= target : ratio <= target;
  const sign = better === "higher" ? "≥" : "≤";
  return `| ${what} | ${format(median(ours))} ${unit} | ${format(median(theirs))} ${unit} | **${ratio.toFixed(2)}** (${spread}) | ${sign} ${target} | ${met ? "met" : "not met"} |`;
}

function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
}
