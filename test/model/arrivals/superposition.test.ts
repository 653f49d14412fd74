import { expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { arrivalsOf, instantsOf } from "../../support/arrivals.ts";
import { expectCounts } from "../../support/dispersion.ts";

test("clockworks of 2 and 3 a second are heard in turn, and together", () => {
  const of = ["2 rps", "3 rps"].map((rate) => ({ kind: "deterministic", rate }));
  const instants = instantsOf(arrivalsOf({ kind: "superposition", of }, ""), SECOND);
  const third = SECOND / 3;
  expect(instants).toEqual([third, 0.5 * SECOND, 2 * third, SECOND, SECOND].map(Math.round));
});

test("two Poisson processes are one", () => {
  const written = { kind: "superposition", of: [{ rate: "30 rps" }, { rate: "70 rps" }] };
  expectCounts(written, { from: 1, until: 3 }, { mean: 200, dispersion: 1 });
});
