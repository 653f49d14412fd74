/** The bisection by itself. What it finds in a platform is held to formulas in test/cli/verbs/size.test.ts. */
import { describe, expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../src/kernel/time.ts";
import { smallestTrigger, stageOf } from "../../src/experiment/metastability.ts";

/** A platform that bears triggers up to a length and is well twice as long after. */
const bearing = (most: number) => async (length: number) =>
  length <= most ? (2 * length) / SECOND : null;

describe("the smallest trigger", () => {
  test("is known within five per cent, with a logarithm of trials", async () => {
    const most = 1234 * MILLISECOND;
    const { smallest, largestBorne, trials } = await smallestTrigger(60 * SECOND, bearing(most));
    expect(largestBorne!.length).toBeLessThanOrEqual(1.234);
    expect(smallest!.length).toBeGreaterThan(1.234);
    expect(smallest!.length / largestBorne!.length).toBeLessThanOrEqual(1.05);
    expect(largestBorne!.recoveredAfter).toBe(2 * largestBorne!.length);
    // The longest, the shortest, and halvings of log(4096) / log(1.05) = 170 steps: 8 of them.
    expect(trials).toHaveLength(10);
  });

  test("does not exist where the longest is borne, which is tried alone", async () => {
    const { smallest, largestBorne, trials } = await smallestTrigger(SECOND, bearing(Infinity));
    expect([smallest, largestBorne!.length, trials.length]).toEqual([null, 1, 1]);
  });

  test("is the shortest where not even that is borne", async () => {
    const { smallest, largestBorne } = await smallestTrigger(4096 * SECOND, bearing(0));
    expect([smallest!.length, largestBorne]).toEqual([1, null]);
  });
});

test("a trigger comes after a quarter of the measured time and leaves eleven times its length", () => {
  const run = { duration: 170 * SECOND, "warm-up": 10 * SECOND } as never;
  expect(stageOf({ run })).toEqual({ at: 50 * SECOND, longest: 10 * SECOND });
});
