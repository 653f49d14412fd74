import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { zipf } from "../../../src/model/keys/zipf.ts";
import { fits } from "../../support/chiSquare.ts";
import { tally } from "../../support/pool.ts";

function draws(items: number, exponent: number, count: number): number[] {
  const keys = zipf.create({ items, exponent }, { random: new Random(`zipf/${exponent}`) });
  return Array.from({ length: count }, () => keys.draw());
}

/** Probabilities of the first `items` ranks of a catalogue. */
function law(items: number, exponent: number): number[] {
  const weights = Array.from({ length: items }, (_, rank) => (rank + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

test("with exponent 1, three items come up as 6 : 3 : 2", () => {
  expect(fits(tally(draws(3, 1, 50_000), 3), [6 / 11, 3 / 11, 2 / 11])).toBe(true);
});

test.each([0, 0.5, 0.99, 1.5])(
  "a hundred items come up as the law says, exponent %s",
  (exponent) => {
    expect(fits(tally(draws(100, exponent, 200_000), 100), law(100, exponent))).toBe(true);
  },
);

test("in a catalogue of a million the hundred first and the rest have their shares", () => {
  const items = 1e6;
  const groups = draws(items, 0.9, 200_000).map((key) => Math.min(key, 100));
  const shares = law(items, 0.9).slice(0, 100);
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  expect(fits(tally(groups, 101), [...shares, rest])).toBe(true);
});
