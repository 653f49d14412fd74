/**
 * Which changes of the code no test notices: plants small bugs, one at a time, and lists those that
 * survive.
 *
 *     npm run mutation -- kernel | statistics | families | src/FOLDER | src/FOLDER/FILE.ts ...
 *         families=30      that many of each folder, always the same; all of them unless given
 *         --seed other     another sample of the same size
 *         --survivors      only those in the report that survived, to see whether they still do
 *         --more           only those of a larger sample that the report does not have yet
 *         --workers 2      trials at a time
 *
 * A mutant is tried against quick tests (all but theory, properties and goldens), nearest first: the
 * file that mirrors it, those that import it, those beside it, those about its folder or its kind, at
 * most eight files and, for a definition, the manual's, until one falls. What survives is tried once
 * more with a fall in its place, which tells what no test reaches. Sentences for people are left alone.
 *
 * Works on copies in a temporary folder, into which Stryker's instrumenter is fetched from the package
 * registry; it says what the mutants are. Whole folders go into reports/mutation.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutantsOf, planted, sampled, tripwire } from "./mutants.js";
import { page, scoreOf, short, tally } from "./score.js";
import { quickTests, testsFor, trial } from "./trials.js";

const TOOLS = ["@stryker-mutator/instrumenter@9.6.1", "typed-inject@5.0.0"];
const project = fileURLToPath(new URL("../..", import.meta.url));
const report = join(project, "reports/mutation");
/** What the tests read; the rest is for people. */
const parts = ["src", "test", "bench", "scenarios", "README.md", "package.json", "tsconfig.json"];
const rooms = {
  kernel: ["src/kernel"],
  statistics: ["src/statistics", "src/statistics/theory"],
  families: [
    "src/statistics/distributions",
    ...foldersOf("src/model").map((folder) => `src/model/${folder}`),
  ],
};

/** Tests that are known to pass without a bug, and not to. */
const fit = new Set();
const unfit = new Set();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "loadstar" },
    survivors: { type: "boolean", default: false },
    more: { type: "boolean", default: false },
    workers: { type: "string", default: "2" },
  },
});
const wanted = positionals.flatMap((word) => {
  const [name, size = "Infinity"] = word.split("=");
  return (rooms[name] ?? [name]).map((path) => ({ path, size: Number(size) }));
});
if (wanted.length === 0 || !wanted.every(({ path }) => existsSync(join(project, path)))) {
  console.error(`npm run mutation -- ${Object.keys(rooms).join(" | ")} | src/FOLDER | src/FILE.ts`);
  process.exit(2);
}
const place = mkdtempSync(join(tmpdir(), "loadstar-mutation-"));
try {
  await measure();
} finally {
  rmSync(place, { recursive: true });
}

async function measure() {
  const roots = Array.from({ length: Number(values.workers) }, (_, index) => copy(`${index}`));
  const files = wanted.flatMap(({ path }) => (path.endsWith(".ts") ? [path] : filesOf(path)));
  const mutants = await mutantsOf(project, files, fetchTools());
  for (const { path, size } of wanted) {
    const all = mutants.filter(({ file, folder }) => file === path || folder === path);
    tell(path, all.length, await tryAll(chosen(path, size, all), roots));
  }
}

/** Those to try: the sample, or what survived of the last one. */
function chosen(path, size, all) {
  const known = values.more ? (recorded()[path]?.now.sampled ?? 0) : 0;
  if (!values.survivors) return sampled(all, size, values.seed).slice(known);
  const left = new Set((recorded()[path]?.survivors ?? []).map(({ name }) => name));
  return all.filter(({ name }) => left.has(name));
}

async function tryAll(mutants, roots) {
  const tests = quickTests(project);
  const results = [];
  const waiting = [...mutants];
  const work = async (root) => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const state = await fateOf(mutant, testsFor(project, mutant.file, tests), root);
      if (state !== "killed") console.log(told({ ...mutant, state }));
      results.push({ ...mutant, state });
    }
  };
  await Promise.all(roots.map(work));
  return results;
}

async function fateOf(mutant, tests, root) {
  const asked = tests.filter((test) => !unfit.has(test));
  if (asked.length === 0) return "unreached";
  const { state, by } = await withPlanted(mutant, mutant, root, () => trial(root, asked));
  if (state === "killed" && !(await isFit(by, root))) return fateOf(mutant, tests, root);
  const wire = state === "survived" ? tripwire(mutant) : null;
  if (wire === null) return state;
  const tripped = await withPlanted(mutant, wire, root, () => trial(root, asked));
  return tripped.state === "survived" ? "unreached" : state;
}

/** Whether a test passes without any bug, alone; asked once it has failed with one. */
async function isFit(test, root) {
  if (fit.has(test) || !test.endsWith(".ts")) return true;
  if (unfit.has(test)) return false;
  const { state } = await trial(root, [test]);
  (state === "survived" ? fit : unfit).add(test);
  if (state !== "survived") console.log(`not asked, because it fails without a bug: ${test}`);
  return state === "survived";
}

async function withPlanted({ file }, change, root, during) {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, planted(text, change));
  try {
    return await during();
  } finally {
    writeFileSync(path, text);
  }
}

function tell(path, all, results) {
  const before = recorded()[path];
  if (results.length === 0) return;
  const { first, now } = scoresOf(before, tally(all, results));
  console.log(`${path}: ${JSON.stringify(now)} ${scoreOf(now)}`);
  if (path.endsWith(".ts") || values.seed !== "loadstar") return;
  const isAdded = values.more && before !== undefined;
  const survivors = results
    .filter(({ state }) => ["survived", "unreached"].includes(state))
    .map(({ file, line, original, replacement, state, name }) => ({
      ...{ file, line, original, replacement, state, name },
    }))
    .concat(isAdded ? before.survivors : [])
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const date = new Date().toISOString().slice(0, 10);
  const folders = { ...recorded(), [path]: { date, first, now, survivors } };
  mkdirSync(report, { recursive: true });
  writeFileSync(join(report, "survivors.json"), `${JSON.stringify(folders, null, 1)}\n`);
  writeFileSync(join(report, "README.md"), page(folders));
}

/** What was found when the sample was first tried, and how it stands now. */
function scoresOf(before, tried) {
  if (before !== undefined && values.survivors)
    return { first: before.first, now: retold(before.now, tried) };
  if (before !== undefined && values.more)
    return { first: sum(before.first, tried), now: sum(before.now, tried) };
  return { first: tried, now: tried };
}

/** The recorded tally, with the earlier survivors as they fare now; without those whose code is gone. */
function retold(before, again) {
  const { survived, unreached, noticed } = again;
  const gone = before.survived + before.unreached - again.sampled;
  return {
    ...before,
    sampled: before.sampled - gone,
    killed: before.killed + again.killed,
    endless: before.endless + again.endless,
    survived,
    unreached,
    noticed: before.noticed + noticed,
  };
}

/** Two parts of one sample. */
function sum(before, added) {
  const { mutants, ...counts } = added;
  const counted = Object.entries(counts).map(([name, count]) => [name, before[name] + count]);
  return { mutants, ...Object.fromEntries(counted) };
}

function recorded() {
  const file = join(report, "survivors.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

function told({ file, line, original, replacement, state }) {
  return `${state} ${file}:${line}  ${short(original)}  →  ${short(replacement)}`;
}

function copy(name) {
  const root = join(place, name);
  for (const part of parts) cpSync(join(project, part), join(root, part), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  return root;
}

function fetchTools() {
  const cwd = join(place, "tools");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "package.json"), '{ "private": true }');
  const install = ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", ...TOOLS];
  const { status } = spawnSync("npm", install, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("Stryker's instrumenter could not be fetched");
  return cwd;
}

function foldersOf(path) {
  return readdirSync(join(project, path)).filter((name) =>
    statSync(join(project, path, name)).isDirectory(),
  );
}

function filesOf(path) {
  const names = readdirSync(join(project, path)).filter((name) => name.endsWith(".ts"));
  return names.map((name) => `${path}/${name}`);
}
