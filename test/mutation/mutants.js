/** Every small bug that can be planted in some files, and which of them a sample takes. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The mutants of the files, in their order, as Stryker's instrumenter knows them. */
export async function mutantsOf(root, files, tools) {
  const { createInstrumenter, createInjector } = await load(tools);
  const quiet = () => {};
  const logger = { debug: quiet, info: quiet, warn: quiet, isDebugEnabled: () => false };
  const instrumenter = createInjector()
    .provideValue("logger", logger)
    .injectFunction(createInstrumenter);
  const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const { mutants } = await instrumenter.instrument(
    [...sources].map(([name, content]) => ({ name, mutate: true, content })),
    { plugins: null, excludedMutations: [], ignorers: [], noHeader: false },
  );
  const seen = new Map();
  const found = mutants.map((mutant) => described(mutant, sources.get(mutant.fileName), seen));
  return found.filter(({ original }) => !isProse(original));
}

/** The given number of them, or all: those whose names hash lowest, so an edit elsewhere changes none. */
export function sampled(mutants, size, seed) {
  if (size >= mutants.length) return mutants;
  const hash = ({ name }) => createHash("sha256").update(`${seed}\n${name}`).digest("hex");
  const ranked = mutants.map((mutant) => ({ mutant, rank: hash(mutant) }));
  const taken = ranked.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size);
  return taken.map(({ mutant }) => mutant);
}

/** The source with the mutant in it. What is an expression stays one, whatever stands beside it. */
export function planted(text, { start, end, original, replacement }) {
  const isExpression = !/^(\{|(case|default|for)\b)/.test(original);
  const change = isExpression ? `(${replacement})` : replacement;
  return text.slice(0, start) + change + text.slice(end);
}

/** The mutant's place as one that fails where it is reached; nothing where that cannot be said. */
export function tripwire({ start, end, original }) {
  const fall = '(() => { throw new Error("reached"); })()';
  if (/^\{[^]*;\s*\}$/.test(original)) return { start, end, original, replacement: `{ ${fall}; }` };
  if (/^(\{|(case|default|for)\b)/.test(original)) return null;
  return { start, end, original, replacement: fall };
}

/** Where it is, what it changes, and a name that only a change of the same words changes. */
function described({ fileName: file, location, mutatorName, replacement }, text, seen) {
  const start = offset(text, location.start);
  const end = offset(text, location.end);
  const original = text.slice(start, end);
  const words = [file, mutatorName, original, replacement].join("\n");
  const nth = (seen.get(words) ?? 0) + 1;
  seen.set(words, nth);
  const place = { file, folder: dirname(file), line: location.start.line + 1 };
  return { ...place, start, end, original, replacement, name: `${words}\n${nth}` };
}

function offset(text, { line, column }) {
  let start = 0;
  for (let passed = 0; passed < line; passed++) start = text.indexOf("\n", start) + 1;
  return start + column;
}

/** A sentence for people: no test should hold on to its words. */
function isProse(original) {
  return /^["'`](.* .*|.*\.)["'`]$/s.test(original);
}

async function load(tools) {
  const from = createRequire(join(tools, "package.json"));
  const { createInstrumenter } = await import(at(from, "@stryker-mutator/instrumenter"));
  const { createInjector } = await import(at(from, "typed-inject"));
  return { createInstrumenter, createInjector };
}

function at(from, name) {
  return pathToFileURL(from.resolve(name)).href;
}
