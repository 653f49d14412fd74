import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { deterministic } from "../../../src/model/arrivals/deterministic.ts";
import { arrivalsContext, instantsOf } from "../../support/arrivals.ts";

function instants(rate: unknown, until: number): number[] {
  const { rate: spec } = deterministic.schema.parse({ kind: "deterministic", rate });
  const context = arrivalsContext("unused");
  return instantsOf(deterministic.create({ rate: spec }, context), until);
}

test("at a constant rate arrivals are evenly spaced, the first after one spacing", () => {
  const expected = [250, 500, 750, 1000].map((time) => time * MILLISECOND);
  expect(instants("4 rps", 1 * SECOND)).toEqual(expected);
});

test("rounding to ticks does not add up: the three-millionth of 3 a second comes on time", () => {
  const context = arrivalsContext("unused");
  const arrivals = deterministic.create({ rate: { kind: "constant", value: 3 } }, context);
  let now = 0;
  const first = [1, 2, 3].map(() => (now = arrivals.next(now)));
  expect(first).toEqual([333_333_333, 666_666_667, 1_000_000_000]);
  for (let arrival = 4; arrival <= 3_000_000; arrival++) now = arrivals.next(now);
  expect(now).toBe(1e6 * SECOND);
});

test("on a ramp the n-th comes when n are expected", () => {
  // The rate is 2t, so t² are expected by t.
  const ramp = { kind: "profile", points: [["0 s", "0 rps"], ["10 s", "20 rps"]] }; // prettier-ignore
  const found = instants(ramp, 10 * SECOND);
  expect(found).toEqual(
    Array.from({ length: 100 }, (_, index) => Math.round(Math.sqrt(index + 1) * SECOND)),
  );
});

test("after a quiet stretch counting goes on where it stopped", () => {
  const burst = {
    kind: "profile",
    interpolation: "step",
    points: [["0 s", "2 rps"], ["1.25 s", "0 rps"], ["5 s", "1 rps"]],
  }; // prettier-ignore
  // 2.5 are expected by 1.25 s, so the third is half a second into the last stretch.
  expect(instants(burst, 7 * SECOND)).toEqual([0.5, 1, 5.5, 6.5].map((time) => time * SECOND));
});
