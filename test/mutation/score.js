/** What a sample of mutants says: scores with intervals, and the survivors, as a page to read. */

/** 97.5 % point of the normal distribution. */
const Z = 1.959964;

/** Wilson's 95 % interval for a share of which `hits` of `size` were seen. */
export function wilson(hits, size) {
  if (size === 0) return [0, 1];
  const share = hits / size;
  const middle = (share + (Z * Z) / (2 * size)) / (1 + (Z * Z) / size);
  const spread = Math.sqrt((share * (1 - share)) / size + (Z * Z) / (4 * size * size));
  const half = (Z * spread) / (1 + (Z * Z) / size);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** The folder's line: how many there are, were tried, and were noticed. A hang is noticed. */
export function tally(all, results) {
  const count = (...states) => results.filter(({ state }) => states.includes(state)).length;
  const noticed = count("killed", "endless");
  return {
    mutants: all,
    sampled: results.length,
    killed: count("killed"),
    endless: count("endless"),
    survived: count("survived"),
    unreached: count("unreached"),
    noticed,
  };
}

/** All folders as one: each weighs as many mutants as it has, its interval as wide as theirs make it. */
export function together(tallies) {
  const all = sum(tallies, ({ mutants }) => mutants);
  const share =
    sum(tallies, ({ mutants, noticed, sampled }) => (mutants * noticed) / sampled) / all;
  const variance = sum(tallies, ({ mutants, noticed, sampled }) => {
    const p = noticed / sampled;
    const unseen = 1 - sampled / mutants;
    return ((mutants / all) ** 2 * p * (1 - p) * unseen) / Math.max(1, sampled - 1);
  });
  const half = Z * Math.sqrt(variance);
  return { share, interval: [Math.max(0, share - half), Math.min(1, share + half)] };
}

/** "92 % (85 to 96)". */
export function percent(share, [low, high]) {
  const whole = (part) => (100 * part).toFixed(0);
  return `${whole(share)} % (${whole(low)} to ${whole(high)})`;
}

export function scoreOf({ noticed, sampled, mutants }) {
  const share = noticed / sampled;
  return percent(share, sampled === mutants ? [share, share] : wilson(noticed, sampled));
}

/** The page: a table of folders, then every survivor with its place and its change. */
export function page(folders) {
  const entries = Object.entries(folders).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([folder, { date, first, now }]) =>
    [folder, now.mutants, now.sampled, now.killed, now.endless, now.survived, now.unreached]
      .concat([scoreOf(first), scoreOf(now), date])
      .join(" | "),
  );
  const whole = (which) => {
    const { share, interval } = together(entries.map(([, folder]) => folder[which]));
    return percent(share, interval);
  };
  return `# Small bugs that no test noticed

\`npm run mutation -- kernel=70 families=10\` plants small bugs, one at a time, in a sample of each
folder, and asks the quick tests that are about the place. A bug is noticed when a test fails or when it
runs out of time or memory. *Found* is the share that was noticed when the sample was first tried, with
Wilson's 95 % interval: the estimate for the bugs that were not tried, and on the low side, since theory,
properties and goldens were not asked. *Now* is the same sample after the tests that it led to, and after
more of the old tests were asked; it is not an estimate for the others.

| folder | mutants | sampled | killed | endless | survived | not reached | found | now | date |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}

All folders, each weighing as many mutants as it has: found ${whole("first")}, now ${whole("now")}.

## Survivors

Each was there when its folder was tried last. Most change nothing that can be seen, only how long it takes,
or the same law drawn otherwise.

${entries.map(listed).filter(Boolean).join("\n\n")}
`;
}

function listed([folder, { survivors }]) {
  if (survivors.length === 0) return "";
  const lines = survivors.map(
    ({ file, line, original, replacement, state }) =>
      `- ${file}:${line}${state === "unreached" ? " (not reached)" : ""}: ` +
      `\`${short(original)}\` → \`${short(replacement)}\``,
  );
  return `### ${folder}\n\n${lines.join("\n")}`;
}

export function short(text) {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'");
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-25)}`;
}

function sum(items, of) {
  return items.reduce((total, item) => total + of(item), 0);
}
