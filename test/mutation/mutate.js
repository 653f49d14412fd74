/**
 * Which changes of the code no test notices: plants thousands of small bugs, one at a time, and lists
 * those that survive.
 *
 *     npm run mutation -- kernel | statistics | families
 *     npm run mutation -- src/model/budgets
 *     npm run mutation -- src/kernel/fingerprint.ts
 *
 * A file is tried against the test file that mirrors it, or that folder: from ten seconds (the
 * fingerprint) to some minutes (the histogram). A family is also tried against its contract. `kernel`
 * and `statistics` take hours; `families` is fourteen thousand bugs and takes days, so measure the
 * one at hand. What a family builds once, at its definition, is left out, because every such bug
 * would need every test. Words that follow go to Stryker, as `--concurrency 1`.
 *
 * Works on a copy in a temporary folder, into which Stryker is fetched from the package registry: its
 * hundred packages are not for everybody's `npm ci`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "9.6.1";
const project = fileURLToPath(new URL("../..", import.meta.url));
/** What the tests read; the rest is for people. */
const parts = [
  "src",
  "test",
  "bench",
  "scenarios",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];
const folders = {
  kernel: { mutate: "src/kernel/*.ts", tests: "test/kernel" },
  statistics: {
    mutate: "src/statistics/*.ts,src/statistics/theory/*.ts",
    tests: "test/statistics",
  },
  families: {
    mutate: "src/model/*/*.ts,!src/model/express/*.ts,src/statistics/distributions/*.ts",
    tests: "test/model,test/contract",
    words: ["--ignoreStatic"],
  },
};

const [name = "", ...words] = process.argv.slice(2);
const task = folders[name] ?? (name.startsWith("src/") ? ofPath(name) : null);
if (task === null) {
  console.error(
    `npm run mutation -- ${Object.keys(folders).join(" | ")} | src/FOLDER | src/FOLDER/FILE.ts`,
  );
  process.exit(2);
}
const place = mkdtempSync(join(tmpdir(), "loadstar-mutation-"));
try {
  process.exitCode = mutate(task);
} finally {
  rmSync(place, { recursive: true });
}

function ofPath(path) {
  const mirror = path.replace(/^src/, "test").replace(/\.ts$/, ".test.ts");
  if (!path.endsWith(".ts"))
    return { mutate: `${path}/*.ts`, tests: `${mirror},test/contract`, words: ["--ignoreStatic"] };
  return { mutate: path, tests: existsSync(join(project, mirror)) ? mirror : dirname(mirror) };
}

function mutate({ mutate, tests, words: own = [] }) {
  for (const part of parts) cpSync(join(project, part), join(place, part), { recursive: true });
  const tools = ["core", "vitest-runner"].map((tool) => `@stryker-mutator/${tool}@${VERSION}`);
  const install = ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", ...tools];
  const installed = run("npm", install, {});
  if (installed !== 0) return installed;
  const config = "test/mutation/stryker.config.json";
  return run("npx", ["stryker", "run", config, "--mutate", mutate, ...own, ...words], {
    TESTS: tests,
  });
}

/** Runs a command in the copy; gives its exit code. */
function run(command, words, settings) {
  const env = { ...process.env, ...settings };
  return spawnSync(command, words, { cwd: place, stdio: "inherit", env }).status ?? 1;
}
