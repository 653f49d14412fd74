import { test } from "vitest";
import { expectCounts } from "../../support/dispersion.ts";

/**
 * Index of dispersion of a two-state process after `seconds`, begun in the long run (Fischer and
 * Meier-Hellstern, 1993): 1 + 2 s₁s₂(λ₁-λ₂)² / (s²(λ₁s₂ + λ₂s₁)) · (1 - (1 - e^-st) / (st)), s = s₁ + s₂.
 */
function dispersion(rates: readonly [number, number], holding: readonly [number, number], seconds: number) {
  const [leave1, leave2] = [1 / holding[0], 1 / holding[1]];
  const both = leave1 + leave2;
  const limit =
    (2 * leave1 * leave2 * (rates[0] - rates[1]) ** 2) /
    (both ** 2 * (rates[0] * leave2 + rates[1] * leave1));
  return 1 + limit * (1 - (1 - Math.exp(-both * seconds)) / (both * seconds));
} // prettier-ignore

const bursts = {
  kind: "on-off",
  rate: "200 rps",
  "rate-off": "20 rps",
  on: "200 ms",
  off: "600 ms",
};

// The rate is 65 a second on average; a second is short for the limit, ten are long.
test.each([1, 10])(
  "counts over %s s have the mean and the dispersion of the formula",
  (seconds) => {
    const expected = { mean: 65 * seconds, dispersion: dispersion([200, 20], [0.2, 0.6], seconds) };
    expectCounts(bursts, { from: 3, until: 3 + seconds }, expected);
  },
);

test("from its very first second it is in the long run", () => {
  const expected = { mean: 65, dispersion: dispersion([200, 20], [0.2, 0.6], 1) };
  expectCounts(bursts, { from: 0, until: 1 }, expected);
});
