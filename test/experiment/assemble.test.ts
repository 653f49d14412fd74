/** One document out of many runs. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { assemble } from "../../src/experiment/assemble.ts";
import { simulate } from "../../src/experiment/replication.ts";
import { resultSchema } from "../../src/experiment/result.ts";
import { run } from "../../src/index.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { studentInterval } from "../../src/statistics/intervals.ts";
import { rehearse, till } from "../support/till.ts";

/** The till with luck in it: arrivals by chance, work by chance. */
const lucky = {
  ...till({
    till: { work: { kind: "exponential", mean: "500 ms" } },
    objectives: [{ latency: "p90", below: "1500 ms" }],
  }),
  workloads: { shoppers: { to: "till", arrivals: { kind: "poisson", rate: "1 rps" } } },
};

describe("replications", () => {
  const loaded = loadScenario({
    file: "lucky.yaml",
    text: JSON.stringify({ ...lucky, seed: "5" }),
    readFile: () => "",
    set: [],
    variant: null,
  });
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  const { scenario } = loaded;
  const records = [0, 1, 2, 3].map((replication) => simulate(scenario, replication));
  const alone = records.map((record) => assemble(scenario, [record]));
  const together = assemble(scenario, records);

  test("have luck of their own", () => {
    expect(new Set(alone.map(({ total }) => total.latency.mean)).size).toBe(4);
    expect(new Set(alone.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });

  test("count together", () => {
    const sum = (value: (one: (typeof alone)[number]) => number) =>
      alone.reduce((all, one) => all + value(one), 0);
    expect(together.total.generated).toBe(sum(({ total }) => total.generated));
    expect(together.total.succeeded).toBe(sum(({ total }) => total.succeeded));
    expect(together.parts[0]!.calls.arrived).toBe(sum(({ parts }) => parts[0]!.calls.arrived));
    expect(together.conservation.generated).toBe(sum(({ conservation }) => conservation.generated));
    expect(together.total.latency.max).toBe(
      Math.max(...alone.map(({ total }) => total.latency.max!)),
    );
  });

  test("give Student's interval over what each says alone", () => {
    const over = (values: readonly (number | null)[]) => studentInterval(values.map(Number), 0.95);
    const { mean, p99, availability } = together.total.estimates;
    expect(mean).toEqual(over(alone.map(({ total }) => total.latency.mean)));
    expect(p99).toMatchObject(over(alone.map(({ total }) => total.latency.p99)));
    expect(availability).toEqual(over(alone.map((one) => one.availability.byRequest)));
    expect(together.parts[0]!.estimates["utilisation"]).toEqual(
      over(alone.map(({ parts }) => parts[0]!.utilisation)),
    );
    expect(together.objectives[0]!.estimate).toMatchObject(
      over(alone.map(({ objectives }) => objectives[0]!.observed)),
    );
    expect(together.total.estimates["mean"]!.halfWidth).toBeGreaterThan(0);
  });

  test("are averaged in windows and on the bill", () => {
    const mean = (value: (one: (typeof alone)[number]) => number) =>
      alone.reduce((all, one) => all + value(one), 0) / 4;
    const arrivals = (one: (typeof alone)[number]) => one.windows.classes["all"]!.arrivals[3]!;
    expect(arrivals(together)).toBeCloseTo(mean(arrivals), 12);
    expect(Number(together.cost.total)).toBeCloseTo(
      mean(({ cost }) => Number(cost.total)),
      6,
    );
  });

  test("one alone has no interval, and the reader is told", () => {
    expect(alone[0]!.total.estimates["mean"]!.halfWidth).toBeNull();
    expect(alone[0]!.warnings.join()).toContain("One run");
    expect(together.warnings.join()).not.toContain("One run");
  });
});

describe("the run's id", () => {
  const idOf = async (options: Parameters<typeof run>[1], scenario: object = lucky) =>
    (await run(scenario, options)).runId;

  test("is the same for the same input", async () => {
    expect(await idOf({ seed: "1" })).toBe(await idOf({ seed: "1" }));
    expect(await idOf({})).toMatch(/^[0-9a-f]{12}$/);
  });

  test("changes with the seed, the replications, any number in the scenario, and the variant", async () => {
    const varied = { ...lucky, variants: { same: {} } };
    const ids = await Promise.all([
      idOf({ seed: "1" }),
      idOf({ seed: "2" }),
      idOf({ seed: "1", replications: 2 }),
      idOf({ seed: "1", set: ["parts.till.slots=2"] }),
      idOf({ seed: "1", variant: "same" }, varied),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test("the same seed gives the same bytes, another seed others", async () => {
  const bytes = async (seed: string) => JSON.stringify(await run(lucky, { seed }));
  expect(await bytes("1")).toBe(await bytes("1"));
  const fingerprints = [await run(lucky, { seed: "1" }), await run(lucky, { seed: "2" })];
  expect(fingerprints[0]!.fingerprint).not.toBe(fingerprints[1]!.fingerprint);
});

test("journal entries of every replication are told apart", async () => {
  const faults = [{ kind: "crash", of: "till", at: "40 s", repair: "10 s" }];
  const { events } = await rehearse({ faults }, { replications: 2 });
  const crashes = events.filter(({ what }) => what === "crash");
  expect(crashes.map(({ replication, at, until }) => [replication, at, until])).toEqual([
    [0, 40, 50],
    [1, 40, 50],
  ]);
});

test("nothing is said to take no time on the network where links say that it does", async () => {
  const silent = await rehearse();
  expect(silent.assumptions[0]).toBe("Calls between parts take no time on the network.");
  const linked = await run({ ...till(), links: { internet: { latency: "20 ms" } } });
  expect(linked.assumptions[0]).toMatch(/^Calls take time on the network where `links` says so/);
  expect(linked.total.latency.p50).toBeCloseTo(silent.total.latency.p50! + 0.04, 6);
});

const folder = fileURLToPath(new URL("../../scenarios", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

describe.each(files)("%s, with few shoppers", (name) => {
  const written = parse(readFileSync(`${folder}/${name}`, "utf8")) as {
    workloads: Record<string, { arrivals?: { kind?: string } }>;
    variants?: object;
  };
  // Arrivals that are replayed have no rate; their file is short.
  const quiet = Object.entries(written.workloads)
    .filter(([, { arrivals }]) => arrivals !== undefined && arrivals.kind !== "replay")
    .map(([workload]) => `workloads.${workload}.arrivals.rate=2 rps`);

  test.each([null, ...Object.keys(written.variants ?? {})])(
    "keeps the published form of a result, variant %s",
    async (variant) => {
      const options = { file: `${folder}/${name}`, set: quiet, replications: 1 };
      const result = await run(written, { ...options, ...(variant && { variant }) });
      expect(resultSchema.parse(result)).toEqual(result);
      expect(result.scenario).toBe(name.replace(".yaml", ""));
      const { generated, succeeded, failed, inFlight, calls } = result.conservation;
      expect(generated).toBe(succeeded + failed + inFlight);
      expect(calls.arrived).toBe(calls.resolved + calls.inFlight);
    },
  );
});
