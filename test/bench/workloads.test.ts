/** The benchmark must not rot: small runs of every workload and its floor. Nothing is timed. */
import { describe, expect, test } from "vitest";
import { runFloor, runScenario, scenarioFor } from "../../bench/publicPath.ts";
import { workloads } from "../../bench/workloads.ts";
import { contains, studentInterval } from "../../src/statistics/intervals.ts";

describe.each(workloads)("$name, $what", (workload) => {
  const { small, floor, theory } = workload;

  test("one seed does the same work twice", () => {
    const scenario = scenarioFor(workload, small);
    const first = runScenario(scenario);
    expect(first.answered).toBeGreaterThan(1000);
    expect(runScenario(scenario)).toEqual(first);
  });

  test("another seed does other work", () => {
    const [one, other] = ['seed="1"', 'seed="2"'].map((seed) =>
      runScenario(scenarioFor(workload, [...small, seed])),
    );
    expect(one!.checksum).not.toBe(other!.checksum);
  });

  test.skipIf(floor === null)("scenario and floor agree on every latency to the nanosecond", () => {
    for (const seed of ["1", "2", "3"]) {
      const scenario = scenarioFor(workload, [...small, `seed="${seed}"`]);
      const { requests, answered, latencySum } = runScenario(scenario);
      expect(runFloor(workload, scenario)).toMatchObject({ requests, answered, latencySum });
    }
  });

  test.skipIf(typeof theory === "string")("the floor's mean latency is what theory says", () => {
    // Floors are quick, and a queue at 90 % needs long runs: the full duration, 20 seeds.
    const means = Array.from({ length: 20 }, (_, seed) => {
      const { latencySum, answered } = runFloor(
        workload,
        scenarioFor(workload, [`seed="${seed}"`]),
      );
      return latencySum / answered;
    });
    const estimate = studentInterval(means, 0.999);
    expect(contains(estimate, Number(theory))).toBe(true);
    expect(estimate.halfWidth! / estimate.mean!).toBeLessThan(0.05);
  });
});
