import { expect, test } from "vitest";
import { machineRepair, meanValueAnalysis } from "../../../src/statistics/theory/index.ts";

test("a lone client never waits", () => {
  const { responseSeconds, throughputPerSecond } = meanValueAnalysis({
    clients: 1,
    thinkSeconds: 4,
    demandSeconds: [0.04, 0.08, 0.03],
  });
  expect(responseSeconds).toBeCloseTo(0.15, 14);
  expect(throughputPerSecond).toBeCloseTo(1 / 4.15, 14);
});

test("balanced stations without thinking answer N / (N + K - 1) per demand", () => {
  const balanced = meanValueAnalysis({ clients: 7, thinkSeconds: 0, demandSeconds: [2, 2, 2, 2] });
  expect(balanced.throughputPerSecond).toBeCloseTo(7 / 10 / 2, 13);
  expect(balanced.numbers).toEqual([1.75, 1.75, 1.75, 1.75].map((n) => expect.closeTo(n, 12)));
});

test("one station and thinking clients are machines and one crew", () => {
  const closed = meanValueAnalysis({ clients: 12, thinkSeconds: 5, demandSeconds: [0.5] });
  const shop = { machines: 12, crews: 1, failureRatePerSecond: 0.2, repairRatePerSecond: 2 };
  expect(closed.responseSeconds).toBeCloseTo(machineRepair(shop).downSeconds, 12);
});

test("responses obey the interactive response time law", () => {
  const network = { clients: 20, thinkSeconds: 4, demandSeconds: [0.04, 0.08, 0.03] };
  const { responseSeconds, throughputPerSecond, numbers } = meanValueAnalysis(network);
  expect(responseSeconds).toBeCloseTo(20 / throughputPerSecond - 4, 12);
  expect(throughputPerSecond).toBeCloseTo(4.754192818, 9);
  const thinking = throughputPerSecond * 4;
  expect(numbers.reduce((sum, number) => sum + number, thinking)).toBeCloseTo(20, 12);
});
