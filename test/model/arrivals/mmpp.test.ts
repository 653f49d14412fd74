import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { longRun, mmpp } from "../../../src/model/arrivals/mmpp.ts";
import { arrivalsContext } from "../../support/arrivals.ts";
import { expectCounts } from "../../support/dispersion.ts";

const states = (written: readonly object[]) => mmpp.schema.parse({ kind: "mmpp", states: written });
const rate = "10 rps";

test("states that follow each other in a circle have time in proportion to their holding", () => {
  const { states: circle } = states([
    { rate, holding: "1 s" },
    { rate, holding: "2 s" },
    { rate, holding: "5 s" },
  ]);
  longRun(circle).forEach((share, state) => expect(share).toBeCloseTo([1, 2, 5][state]! / 8, 12));
});

test("where states may skip, the shares are those of visits times holding", () => {
  // From 1 always to 2; from 2 half back, half on to 3; from 3 to 1. Visits 2 : 2 : 1, times 1 : 2 : 4 s.
  const { states: skipping } = states([
    { rate, holding: "1 s", next: [0, "100 %", 0] },
    { rate, holding: "2 s", next: ["50 %", 0, "50 %"] },
    { rate, holding: "4 s" },
  ]);
  longRun(skipping).forEach((share, state) =>
    expect(share).toBeCloseTo([2, 4, 4][state]! / 10, 12),
  );
});

test("states of equal rate are one Poisson process", () => {
  const written = { kind: "mmpp", states: Array(3).fill({ rate: "40 rps", holding: "100 ms" }) };
  expectCounts(written, { from: 0, until: 2 }, { mean: 80, dispersion: 1 });
});

test("three states bring what their shares of time say", () => {
  const written = {
    kind: "mmpp",
    states: [
      { rate: "10 rps", holding: "100 ms", next: [0, "100 %", 0] },
      { rate: "0 rps", holding: "200 ms", next: ["50 %", 0, "50 %"] },
      { rate: "90 rps", holding: "400 ms" },
    ],
  };
  const { states: three } = states(written.states);
  const forecast = mmpp.expected({ states: three }, arrivalsContext("three", 2 * SECOND));
  expect(forecast).toBeCloseTo(2 * (0.2 * 10 + 0.4 * 90), 9);
});

test("chains that cannot be are refused where they go wrong", () => {
  const said = (written: readonly object[]) =>
    mmpp.check!(states(written)).map(({ path, message }) => `${path.join(".")}: ${message}`);
  expect(
    said([
      { rate, holding: "1 s", next: [0, "90 %"] },
      { rate, holding: "1 s" },
    ]),
  ).toEqual(["states.0.next: the shares add up to 90 %; expected 100 %"]);
  expect(
    said([
      { rate, holding: "1 s", next: ["100 %", 0] },
      { rate, holding: "1 s" },
    ]),
  ).toEqual(["states.0.next.0: a state does not follow itself; expected 0 for it"]);
  expect(
    said([
      { rate, holding: "1 s", next: [0] },
      { rate, holding: "1 s" },
    ]),
  ).toEqual(["states.0.next: found 1 shares; expected one for each of 2 states"]);
  const trap = [0, "100 %", 0];
  expect(
    said([
      { rate, holding: "1 s", next: trap },
      { rate, holding: "1 s", next: ["100 %", 0, 0] },
      { rate, holding: "1 s", next: trap },
    ]),
  ).toEqual([
    "states.0: from state 1 there is no way to state 3; expected a way from each to every other",
    "states.1: from state 2 there is no way to state 3; expected a way from each to every other",
  ]);
});
