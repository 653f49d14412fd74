import { expect, test } from "vitest";
import { MINUTE, SECOND } from "../../../src/kernel/time.ts";
import { poisson } from "../../../src/model/arrivals/poisson.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { arrivalsContext, instantsOf } from "../../support/arrivals.ts";

const surge = {
  kind: "profile",
  points: [["0 s", "100 rps"], ["20 s", "500 rps"], ["40 s", "500 rps"], ["40 s", "50 rps"]],
}; // prettier-ignore

/** Arrivals of one minute, of 200 independent runs. */
function minutes(rate: unknown): number[][] {
  const options = poisson.schema.parse({ rate });
  return Array.from({ length: 200 }, (_, run) => {
    const context = arrivalsContext(`poisson/${run}`);
    return instantsOf(poisson.create(options, context), 1 * MINUTE);
  });
}

const steady = minutes("100 rps");
const surging = minutes(surge);

const within = (instants: readonly number[], from: number, until: number) =>
  instants.filter((instant) => instant > from * SECOND && instant <= until * SECOND).length;

// Expected arrivals by hand; under the surge the line reaches 300 a second at 10 s.
test.each([
  { rate: "steady", runs: steady, from: 0, until: 60, expected: 6000 },
  { rate: "steady", runs: steady, from: 7, until: 9, expected: 200 },
  { rate: "surging", runs: surging, from: 0, until: 10, expected: 2000 },
  { rate: "surging", runs: surging, from: 10, until: 20, expected: 4000 },
  { rate: "surging", runs: surging, from: 39, until: 41, expected: 550 },
  { rate: "surging", runs: surging, from: 0, until: 60, expected: 17_000 },
])("$rate: counts from $from to $until s have mean and variance $expected", (window) => {
  const counts = window.runs.map((run) => within(run, window.from, window.until));
  expect(contains(studentInterval(counts, 0.999), window.expected)).toBe(true);
  const squares = counts.map((count) => (count - window.expected) ** 2);
  expect(contains(studentInterval(squares, 0.999), window.expected)).toBe(true);
});

test("what came in one window says nothing about the next", () => {
  const products = surging.map((run) => (within(run, 5, 15) - 3000) * (within(run, 15, 25) - 4750));
  expect(contains(studentInterval(products, 0.999), 0)).toBe(true);
});

test("gaps at a constant rate are exponential: one in e is longer than the mean", () => {
  const gaps = steady.map((run) => {
    const long = run.filter((instant, index) => instant - (run[index - 1] ?? 0) > SECOND / 100);
    return long.length / run.length;
  });
  expect(contains(studentInterval(gaps, 0.999), Math.exp(-1))).toBe(true);
});
