import { expect, test } from "vitest";
import {
  machineRepair,
  meanValueAnalysis,
  meanValueAnalysisOfClasses,
} from "../../../src/statistics/theory/index.ts";

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

// E. Lazowska, J. Zahorjan, G. Graham, K. Sevcik, Quantitative System Performance (1984), p. 142.
test("two classes of one client each share two stations as in the book", () => {
  const [one, two] = meanValueAnalysisOfClasses([
    { clients: 1, thinkSeconds: 0, demandSeconds: [1, 3] },
    { clients: 1, thinkSeconds: 0, demandSeconds: [2, 4] },
  ]);
  expect(one!.throughputPerSecond).toBeCloseTo(3 / 19, 12);
  expect(one!.responseSeconds).toBeCloseTo(19 / 3, 12);
  expect(two!.throughputPerSecond).toBeCloseTo(2 / 19, 12);
  expect(two!.responseSeconds).toBeCloseTo(9.5, 12);
});

test("one class alone is the network of one class", () => {
  const network = { clients: 9, thinkSeconds: 1, demandSeconds: [0.1, 0.2] };
  const [alone] = meanValueAnalysisOfClasses([network]);
  const { throughputPerSecond, responseSeconds } = meanValueAnalysis(network);
  expect(alone).toEqual({ throughputPerSecond, responseSeconds });
});
