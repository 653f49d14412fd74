/** Which tests a mutant must face, and what becomes of it there. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Rooms whose tests are quick; theory, properties and goldens simulate for long. */
const quick = ["contract", "experiment", "kernel", "model", "scenario", "schema", "statistics"];
/** Runs a scenario of every kind there is, so it names them all and takes long. */
const everything = "test/scenario/smallest.test.ts";
/** The manual is made of definitions, so it notices any change of one. */
const manual = "test/scenario/reference.test.ts";
/** What parts say of themselves to the express path is compared with events there. */
const express = "test/model/express/express.test.ts";
const MOST_FILES = 8;
const FAR = 6;
/** A mutant that computes for longer than this hangs [s]; its tests take ten at most. */
const PATIENCE = 60;

/** The quick tests, what they say, and what they import. */
export function quickTests(root) {
  return quick
    .flatMap((room) =>
      readdirSync(join(root, "test", room), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `test/${room}/${name}`)
        .filter((path) => path !== everything),
    )
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const imports = [...text.matchAll(/"(?:\.\.\/)+(src\/[^"]+)"/g)].map(([, file]) => file);
      return { path, text, imports };
    });
}

/** The test files to ask about a file, nearest first. */
export function testsFor(root, file, tests) {
  const text = readFileSync(join(root, file), "utf8");
  const folder = dirname(file);
  const siblings = readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(join(root, folder, name), "utf8"),
    }));
  const family = siblings.flatMap((sibling) => kindsIn(sibling.text));
  const users = siblings.filter((sibling) => sibling.text.includes(`"./${basename(file)}"`));
  const own = kindsIn(text);
  const near = tests
    .map((test) => ({
      path: test.path,
      far: distance(test, file, {
        kinds: own.length > 0 ? own : family,
        users: users.map(({ path }) => path),
      }),
      named: family.filter((kind) => test.text.includes(kind)).length,
    }))
    .filter(({ far }) => far < FAR)
    .toSorted((a, b) => a.far - b.far || b.named - a.named || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
  const more = [
    ...(text.includes("/schema/") ? [manual] : []),
    ...(/\blane\(/.test(text) ? [express] : []),
  ];
  return [...new Set([...near.slice(0, MOST_FILES), ...more])];
}

function kindsIn(text) {
  return [...text.matchAll(/\bkind: "([^"]+)"/g)].map(([, kind]) => kind);
}

/** From the test that mirrors the file to one that only names its kind, and those about others. */
function distance({ path, text, imports }, file, { kinds, users }) {
  const folder = dirname(file);
  const isBeside = path.startsWith(`${folder.replace(/^src/, "test")}/`);
  const names = kinds.some((kind) => text.includes(kind));
  if (path === mirrorOf(file)) return 0;
  if (imports.includes(file)) return 1;
  if (users.some((user) => imports.includes(user) || path === mirrorOf(user))) return 2;
  if (isBeside && names) return 2;
  if (basename(path).startsWith(basename(folder))) return 3;
  if (imports.some((other) => dirname(other) === folder)) return 3;
  if (isBeside) return 4;
  return names ? 5 : FAR;
}

function mirrorOf(file) {
  return file.replace(/^src/, "test").replace(/\.ts$/, ".test.ts");
}

/** What becomes of the mutant that is planted there; what came to no end ran out of time or memory. */
export function trial(cwd, tests) {
  const env = { ...process.env, TESTS: tests.join(",") };
  const words = ["-c", `ulimit -t ${PATIENCE} && exec "$0" "$@"`, process.execPath, ...vitest];
  const child = spawn("sh", words, { cwd, env, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  return new Promise((resolve) => {
    child.on("close", (code) => {
      const [, by] = /^fell (.*)$/m.exec(said) ?? [];
      if (by) resolve({ state: "killed", by });
      else resolve({ state: code === 0 ? "survived" : "endless" });
    });
  });
}

const vitest = [
  "--max-old-space-size=1500",
  "node_modules/vitest/vitest.mjs",
  "run",
  "--config",
  "test/mutation/vitest.config.js",
];
