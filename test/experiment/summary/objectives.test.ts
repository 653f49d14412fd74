/** Promises kept and missed, and what is left of the budget for failures. */
import { describe, expect, test } from "vitest";
import { rehearse, twentyRefused } from "../../support/till.ts";

const judged = async (objective: object, more: object = {}) => {
  const { objectives, met } = await rehearse({ objectives: [objective], ...more });
  expect(met).toBe(objectives[0]!.met);
  return objectives[0]!;
};

describe("availability", () => {
  const night = { faults: twentyRefused }; // 79 of 99 succeed

  test("is the share of the requests that ended which succeeded", async () => {
    const objective = await judged({ availability: "79 %" }, night);
    expect(objective).toMatchObject({ target: 0.79, observed: 79 / 99, met: true });
    expect(await judged({ availability: "80 %" }, night)).toMatchObject({ met: false });
  });

  test("met exactly is met", async () => {
    expect(await judged({ availability: "100 %" })).toMatchObject({ observed: 1, met: true });
  });

  test("leaves a budget of failures: allowed, spent, and the share that is left", async () => {
    const { budget } = await judged({ availability: "60 %" }, night);
    expect(budget!.allowed).toBeCloseTo(39.6, 9); // 40 % of 99
    expect(budget!.spent).toBe(20);
    expect(budget!.left).toBeCloseTo(1 - 20 / 39.6, 9);
    const missed = await judged({ availability: "90 %" }, night);
    expect(missed.budget!.left).toBeCloseTo(1 - 20 / 9.9, 9); // more than spent
  });

  test("of 100 % allows nothing, so that no share of it can be left", async () => {
    const { budget } = await judged({ availability: "100 %" }, night);
    expect(budget).toEqual({ allowed: 0, spent: 20, left: null });
  });

  test("by time is the share of windows that kept it", async () => {
    expect(await judged({ availability: "99 %" }, night)).toMatchObject({ byTime: 0.8 });
    const { availability } = await rehearse({ ...night, objectives: [{ availability: "0 %" }] });
    expect(availability).toMatchObject({ byRequest: 79 / 99, byTime: 1, threshold: 0 });
    expect((await rehearse(night)).availability).toMatchObject({ byTime: 0.8, threshold: 0.999 });
  });

  test("by time leaves out the windows of the warm-up, also one that it only touches", async () => {
    for (const warmUp of ["41 s", "50 s"]) {
      const more = { ...night, run: { "warm-up": warmUp } };
      expect(await judged({ availability: "99 %" }, more)).toMatchObject({ byTime: 0.8 });
    }
  });

  test("of one class looks at that class alone", async () => {
    const mix = {
      buy: { share: "50 %" },
      look: { share: "50 %" },
    };
    const operations = { buy: [{ work: "500 ms" }], look: [{ call: "gone" }] };
    const more = {
      mix,
      till: { work: undefined, operations },
      parts: { gone: { kind: "service", slots: 1, work: "1 s", queue: { limit: 0 } } },
      faults: [{ kind: "crash", of: "gone", at: "0 s" }],
    };
    expect(await judged({ availability: "99 %", of: "buy" }, more)).toMatchObject({ observed: 1 });
    expect(await judged({ availability: "99 %", of: "look" }, more)).toMatchObject({ observed: 0 });
  });

  test("of nothing at all is not met and not known", async () => {
    const more = { till: { work: "1000 s" } };
    expect(await judged({ availability: "1 %" }, more)).toMatchObject({
      observed: null,
      byTime: null,
      met: false,
    });
  });
});

describe("latency", () => {
  test("must be below its bound, in all windows or in some", async () => {
    const kept = await judged({ latency: "p99", below: "501 ms" });
    expect(kept).toMatchObject({ percentile: "p99", target: 0.501, met: true, byTime: 1 });
    expect(kept.observed).toBeCloseTo(0.5, 2); // a histogram is right to 0.4 %
    const missed = await judged({ latency: "p99", below: "499 ms" });
    expect(missed).toMatchObject({ met: false, byTime: 0, budget: null });
  });

  test("by time: for the twenty seconds of a slow till it is not", async () => {
    const faults = [{ kind: "slow", of: "till", at: "40 s", for: "20 s", factor: 1.5 }];
    const objective = await judged({ latency: "p50", below: "600 ms" }, { faults });
    expect(objective).toMatchObject({ met: true, byTime: 0.8 }); // 750 ms then
  });

  test("counts only requests that succeeded, so that failing fast is no cure", async () => {
    const objectives = [{ latency: "p99", below: "1 s" }, { availability: "99 %" }];
    const { objectives: results, met } = await rehearse({ objectives, faults: twentyRefused });
    expect(results.map((each) => each.met)).toEqual([true, false]);
    expect(met).toBe(false);
  });
});

test("a night without promises is neither kept nor missed", async () => {
  expect((await rehearse()).met).toBeNull();
});

test("runs that kept a promise on their own are counted, and few of them promise little", async () => {
  const many = { run: { replications: 10 } };
  const kept = await judged({ availability: "79 %" }, many);
  expect(kept.byRun).toMatchObject({ kept: 10, of: 10, missChance: { low: 0 } });
  expect(kept.byRun.missChance.high).toBeCloseTo(1 - 0.05 ** 0.1, 9); // 26 %: 0.74^10 = 5 %
  const missed = await judged({ availability: "100 %" }, { faults: twentyRefused, ...many });
  expect(missed.byRun).toMatchObject({ kept: 0, of: 10, missChance: { high: 1 } });
  expect(missed.byRun.missChance.low).toBeCloseTo(0.025 ** 0.1, 9);
});
