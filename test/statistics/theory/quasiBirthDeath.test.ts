import { expect, test } from "vitest";
import { meanPresent, type PhasedQueue } from "../../../src/statistics/theory/index.ts";

const mmpp = (rates: [number, number], leaving: [number, number], service: number): PhasedQueue => {
  const switching = [[0, leaving[0]], [leaving[1], 0]]; // prettier-ignore
  return {
    up: [[rates[0], 0], [0, rates[1]]], // prettier-ignore
    busy: switching,
    idle: switching,
    down: [[service, 0], [0, service]], // prettier-ignore
  };
};

test("without a difference between the phases it is M/M/1", () => {
  expect(meanPresent(mmpp([80, 80], [2, 1], 100))).toBeCloseTo(4, 9);
});

// By logarithmic reduction elsewhere.
test("bursts of twice the capacity leave 44.8 present on average", () => {
  expect(meanPresent(mmpp([160, 40], [2, 1], 100))).toBeCloseTo(44.8098732914, 7);
  expect(meanPresent(mmpp([300, 50], [1, 0.04], 100))).toBeCloseTo(47.3209432588, 6);
});

// Exponential service in two equal phases of switching is exponential service.
test("a phase that changes nothing adds nothing", () => {
  const queue: PhasedQueue = {
    up: [[0.8]],
    busy: [[0]],
    idle: [[0]],
    down: [[1]],
  };
  expect(meanPresent(queue)).toBeCloseTo(4, 12);
});
