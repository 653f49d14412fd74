/** Which differences are real, and what meeting the same luck is worth. */
import { describe, expect, test } from "vitest";
import { compare } from "../../src/experiment/compare.ts";
import { comparisonSchema } from "../../src/experiment/comparison.ts";
import { run, type Result } from "../../src/index.ts";

/** M/M/1 with 80 requests a second. */
const till = (work: string, more: object = {}) => ({
  title: "One till",
  run: { duration: "40 s", "warm-up": "10 s", replications: 20 },
  workloads: { shoppers: { to: "till", arrivals: { rate: "80 rps" } } },
  parts: { till: { kind: "service", slots: 1, work: { kind: "exponential", mean: work } } },
  ...more,
});

/** A number of the second candidate against the first. */
function differenceOf(results: readonly Result[], metric: string) {
  const candidates = results.map((result, at) => ({ name: `candidate ${at}`, result }));
  const comparison = comparisonSchema.parse(compare(candidates, 0.95));
  return comparison.differences.find((one) => one.metric === metric && one.of === null)!;
}

describe("a server 2 % faster at a utilisation of 80 %", async () => {
  const slow = await run(till("10 ms"));
  const fast = await run(till("9.8 ms"));

  test("is told from luck by pairs, whose variance is at least ten times smaller", () => {
    const paired = differenceOf([slow, fast], "mean");
    expect(paired.verdict).toBe("better");
    expect(paired.varianceReduction).toBeGreaterThan(10);
    // 1 / (102.04 - 80) - 1 / (100 - 80) seconds
    expect(paired.difference.mean).toBeCloseTo(-0.0046, 2);
  });

  test("is not told from luck without pairs, and needs many more runs", async () => {
    const other = await run(till("9.8 ms"), { seed: "another" });
    const independent = differenceOf([slow, other], "mean");
    expect(independent.verdict).toBe("undecided");
    expect(independent.varianceReduction).toBeNull();
    expect(independent.replicationsNeeded).toBeGreaterThan(20);
  });
});

test("a scenario does not differ from itself: variance zero, in every number", async () => {
  const result = await run(till("10 ms"));
  const { differences, paired } = compare(
    ["a", "b"].map((name) => ({ name, result })),
    0.95,
  );
  expect(paired).toBe(true);
  expect(differences.length).toBeGreaterThan(3);
  for (const { verdict, difference } of differences)
    expect([verdict, difference]).toEqual(["same", { mean: 0, halfWidth: 0 }]);
});

/** Results that say just what a comparison looks at. */
function told(samples: Record<string, readonly (number | null)[]>, more: object = {}): Result {
  return {
    seed: "1",
    run: { replications: 3, duration: 1 },
    warnings: [],
    objectives: [],
    samples: Object.entries(samples).map(([metric, values]) => ({
      metric,
      of: null,
      unit: metric === "cost" ? "USD" : metric === "availability" ? "share" : "s",
      values,
    })),
    ...more,
  } as unknown as Result;
}

const verdicts = (first: Result, second: Result) => {
  const candidates = [first, second].map((result, at) => ({ name: String(at), result }));
  return Object.fromEntries(
    compare(candidates, 0.95).differences.map(({ metric, verdict }) => [metric, verdict]),
  );
};

describe("a verdict", () => {
  test("says better of less latency and cost, and of more availability", () => {
    const before = told({ availability: [0.9, 0.9, 0.9], p99: [2, 2, 2], cost: [5, 5, 5] });
    const after = told({ availability: [0.95, 0.95, 0.95], p99: [1, 1, 1], cost: [6, 6, 6] });
    expect(verdicts(before, after)).toEqual({
      availability: "better",
      p99: "better",
      cost: "worse",
    });
  });

  test("is harder to get among many: chance gives one in twenty", () => {
    // t = 6.05 with 2 degrees of freedom: 2.6 % by itself, 5.2 % as the better of two.
    const [base, changed] = [[0, 0, 0], [0.8, 1.2, 1.5]]; // prettier-ignore
    const alone = verdicts(told({ p99: base! }), told({ p99: changed! }));
    expect(alone).toEqual({ p99: "worse" });
    const noise = { p50: [1, -1, 0.5] };
    const among = verdicts(told({ p99: base!, p50: base! }), told({ p99: changed!, ...noise }));
    expect(among).toEqual({ p99: "undecided", p50: "undecided" });
  });

  test("is not given where a replication measured nothing, or there is only one", () => {
    expect(verdicts(told({ p99: [1, null, 2] }), told({ p99: [1, 2, 2] }))).toEqual({
      p99: "unknown",
    });
    expect(verdicts(told({ p99: [1] }), told({ p99: [2] }))).toEqual({ p99: "unknown" });
  });
});

test("runs with other seeds or numbers are not pairs", () => {
  const pairing = (more: object) =>
    compare(
      [told({ p99: [1, 2, 3] }), told({ p99: [1, 2, 4] }, more)].map((result, at) => ({
        name: String(at),
        result,
      })),
      0.95,
    );
  expect(pairing({}).paired).toBe(true);
  expect(pairing({ seed: "2" })).toMatchObject({
    paired: false,
    pairing: expect.stringContaining("seeds differ"),
  });
  expect(pairing({ run: { replications: 4, duration: 1 } }).paired).toBe(false);
});

describe("the front", () => {
  /** Cost, p99 and availability of each, the same in two replications. */
  const front = (points: Record<string, readonly number[]>, metrics: readonly string[]) => {
    const candidates = Object.entries(points).map(([name, values]) => {
      const samples = metrics.map((metric, axis) => [metric, [values[axis]!, values[axis]!]]);
      return { name, result: told(Object.fromEntries(samples) as Record<string, number[]>) };
    });
    return compare(candidates, 0.95).candidates.map(({ name, onFront }) =>
      onFront === null ? null : onFront ? name : `(${name})`,
    );
  };
  const all = ["cost", "p99", "availability"];

  test("is who nobody beats in cost, p99 and failures at once", () => {
    const points = { cheap: [1, 9, 1], fast: [9, 1, 1], both: [4, 4, 1], beaten: [5, 5, 1] };
    expect(front(points, all)).toEqual(["cheap", "fast", "both", "(beaten)"]);
  });

  // What loses orders is fast for those it serves, and cheap.
  test("is not for those alone who are cheap and fast because they lose requests", () => {
    const points = {
      cold: [1, 1, 0.8],
      hot: [2, 2, 0.999],
      dear: [3, 2, 0.999],
      late: [2, 3, 0.9],
    };
    expect(front(points, all)).toEqual(["cold", "hot", "(dear)", "(late)"]);
  });

  test("has both of two that are alike, and nobody who is as good but for one", () => {
    expect(front({ a: [1, 1, 0.9], b: [1, 1, 0.9] }, all)).toEqual(["a", "b"]);
    expect(front({ a: [1, 1, 0.9], b: [1, 1, 0.8] }, all)).toEqual(["a", "(b)"]);
  });

  test.each(all)("is not told without %s", (missing) => {
    const points = { a: [1, 1, 1], b: [2, 2, 1] };
    expect(front(points, all.filter((axis) => axis !== missing))).toEqual([null, null]); // prettier-ignore
  });
});
