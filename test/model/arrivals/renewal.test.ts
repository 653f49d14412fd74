import { expect, test } from "vitest";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { UnusableRate } from "../../../src/model/rates/rate.ts";
import { arrivalsOf, instantsOf } from "../../support/arrivals.ts";
import { expectCounts } from "../../support/dispersion.ts";

test("constant gaps follow one another from the start of the run", () => {
  const instants = instantsOf(arrivalsOf({ kind: "renewal", gaps: "250 ms" }, "gaps"), SECOND);
  expect(instants).toEqual([250, 500, 750, 1000].map((time) => time * MILLISECOND));
});

// D. R. Cox, Renewal Theory (1962), 4.5: over a long time t the variance is cv² t / mean, and the
// mean t / mean + (cv² - 1) / 2, the first gap beginning with the run.
test.each([
  { gaps: { kind: "erlang", mean: "10 ms", phases: 4 }, scv: 0.25 },
  { gaps: { kind: "gamma", mean: "10 ms", cv: 2 }, scv: 4 },
])("the dispersion of counts tends to the gaps' cv² of $scv", ({ gaps, scv }) => {
  const mean = 2000 + (scv - 1) / 2;
  expectCounts({ kind: "renewal", gaps }, { from: 0, until: 20 }, { mean, dispersion: scv });
});

test("with a rate only the shape of the gaps counts", () => {
  const ramp = { kind: "profile", points: [["0 s", "0 rps"], ["10 s", "20 rps"]] }; // prettier-ignore
  const instants = instantsOf(
    arrivalsOf({ kind: "renewal", gaps: "7 h", rate: ramp }, ""),
    2 * SECOND,
  );
  // The rate is 2t, so t² are expected by t: constant gaps come at √1, √2, √3, √4 s, give or take
  // a tick of rounding each.
  const off = instants.map((instant, index) => Math.abs(instant - Math.sqrt(index + 1) * SECOND));
  expect(instants).toHaveLength(4);
  expect(Math.max(...off)).toBeLessThan(4);
});

test("gaps without a finite mean, or none at all, are refused", () => {
  const pareto = { kind: "pareto", minimum: "1 ms", shape: 1 };
  expect(() => arrivalsOf({ kind: "renewal", gaps: pareto }, "")).toThrow(UnusableRate);
  expect(() => arrivalsOf({ kind: "renewal", gaps: "0 s" }, "")).toThrow(UnusableRate);
});
