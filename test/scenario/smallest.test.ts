/** The smallest scenarios: every kind of the families of demand and platform occurs in one, and runs in no time. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { run } from "../../src/index.ts";
import { arrivalProcesses } from "../../src/model/arrivals/index.ts";
import { backoffs } from "../../src/model/backoffs/index.ts";
import { balancers } from "../../src/model/balancers/index.ts";
import { batchSizes } from "../../src/model/batches/index.ts";
import { breakers } from "../../src/model/breakers/index.ts";
import { budgets } from "../../src/model/budgets/index.ts";
import { coalescings } from "../../src/model/coalescings/index.ts";
import { detectors } from "../../src/model/detectors/index.ts";
import { disciplines } from "../../src/model/disciplines/index.ts";
import { ejectors } from "../../src/model/ejectors/index.ts";
import { expanders } from "../../src/model/expanders/index.ts";
import { guards } from "../../src/model/guards/index.ts";
import { keyLaws } from "../../src/model/keys/index.ts";
import { nodeScalers } from "../../src/model/nodeScalers/index.ts";
import { parts } from "../../src/model/parts/index.ts";
import { presets } from "../../src/model/presets/index.ts";
import { rates } from "../../src/model/rates/index.ts";
import { replacements } from "../../src/model/replacements/index.ts";
import { steps } from "../../src/model/steps/index.ts";
import { writes } from "../../src/model/writes/index.ts";

const folder = fileURLToPath(new URL("../../scenarios/smallest/", import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const textOf = (name: string) => readFileSync(folder + name, "utf8");

interface File {
  readonly variants?: Readonly<Record<string, object>>;
}

const runs = names.flatMap((name) => {
  const { variants = {} } = parse(textOf(name)) as File;
  return [null, ...Object.keys(variants)].map((variant) => ({ name, variant }));
});

/** Where the kinds of a family stand: under a field of this name. */
const families: readonly (readonly [field: string, members: readonly { kind: string }[]])[] = [
  ["arrivals", arrivalProcesses],
  ["size", batchSizes],
  ["rate", rates],
  ["keys", keyLaws],
  ["backoff", backoffs],
  ["budget", budgets],
  ["balancer", balancers],
  ["preset", presets],
  ["health-check", detectors],
  ["passive-check", ejectors],
  ["discipline", disciplines],
  ["guards", guards],
  ["breaker", breakers],
  ["eviction", replacements],
  ["coalesce", coalescings],
  ["writes", writes],
  ["scaler", nodeScalers],
  ["expander", expanders],
  ["parts", parts],
];

/** What stands under fields of a name, anywhere in plain data: kinds, or the words for them. */
function kindsUnder(field: string, data: unknown, isInside = false): string[] {
  if (typeof data === "string") return isInside ? [data] : [];
  if (typeof data !== "object" || data === null) return [];
  const { kind } = data as { kind?: string };
  const deeper = Array.isArray(data) || field === "parts";
  return [
    ...(isInside && kind !== undefined ? [kind] : []),
    ...Object.entries(data).flatMap(([name, each]) =>
      kindsUnder(field, each, name === field || name.endsWith(`.${field}`) || (isInside && deeper)),
    ),
  ];
}

const met = new Map<string, unknown>();

test.each(runs)("$name $variant runs in no time", async ({ name, variant }) => {
  const options = variant === null ? {} : { variant };
  const result = await run(textOf(name), { file: folder + name, ...options });
  met.set(`${name} ${variant}`, result.resolved);
  expect(result.run.duration).toBeLessThanOrEqual(10);
  expect(result.total.generated).toBeGreaterThan(0);
  expect(result.total.generated).toBeLessThan(10_000);
});

test("every kind has its smallest scenario", () => {
  // What is resolved is in the shortest words; what is written names the kind.
  const all = [...met.values(), ...names.map((name): unknown => parse(textOf(name)))];
  const missing = families.flatMap(([field, members]) => {
    const found = new Set(all.flatMap((resolved) => kindsUnder(field, resolved)));
    return members.filter(({ kind }) => !found.has(kind)).map(({ kind }) => `${field}: ${kind}`);
  });
  expect(missing).toEqual([]);
  const texts = names.map(textOf).join("\n");
  expect(steps.filter(({ key }) => !texts.includes(`{ ${key}:`)).map(({ key }) => key)).toEqual([]);
});

test("each says in a sentence or two what to see, and is small", () => {
  for (const name of names) {
    expect(textOf(name)).toMatch(/^# yaml-language-server: \S+\n(# .+\n){1,3}title: /);
    expect(textOf(name).split("\n").length).toBeLessThanOrEqual(35);
  }
});
