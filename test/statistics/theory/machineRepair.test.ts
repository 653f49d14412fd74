import { expect, test } from "vitest";
import { machineRepair, machinesDown } from "../../../src/statistics/theory/index.ts";

test("two machines and one crew, by hand", () => {
  // Weights 1, 2 · 1/16, 2 · 1/16² of 0, 1, 2 machines down.
  const shop = {
    machines: 2,
    crews: 1,
    failureRatePerSecond: 0.25,
    repairRatePerSecond: 4,
  };
  const averages = machineRepair(shop);
  expect(averages.down).toBeCloseTo(18 / 145, 14);
  expect(averages.throughputPerSecond).toBeCloseTo(68 / 145, 14);
  expect(averages.downSeconds).toBeCloseTo(9 / 34, 14);
});

test("with a crew each, machines fail and are mended independently", () => {
  const down = machinesDown({
    machines: 3,
    crews: 3,
    failureRatePerSecond: 1,
    repairRatePerSecond: 3,
  });
  // Each is down a quarter of the time.
  [27, 27, 9, 1].forEach((ways, n) => expect(down[n]).toBeCloseTo(ways / 64, 14));
});
