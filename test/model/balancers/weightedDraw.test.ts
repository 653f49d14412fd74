import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { WeightedDraw } from "../../../src/model/balancers/weightedDraw.ts";
import { fits } from "../../support/chiSquare.ts";
import { tally } from "../../support/pool.ts";

function drawOf(weights: readonly number[]): WeightedDraw {
  const draw = new WeightedDraw(new Random("weighted draw"));
  draw.changed({
    size: weights.length,
    weight: (position) => weights[position]!,
    inFlight: () => 0,
    limit: () => Infinity,
    id: (position) => position,
    zone: () => "a",
  });
  return draw;
}

test("taken twice, backends come in pairs as often as drawing again until another comes", () => {
  const weights = [1, 2, 3];
  const draw = drawOf(weights);
  const pairs = Array.from({ length: 30_000 }, () => {
    const pair = 3 * draw.take() + draw.take();
    draw.putBack();
    return pair;
  });
  // First i with probability w_i / 6, then j with w_j / (6 - w_i).
  const orders = [1, 2, 3, 5, 6, 7];
  const counts = tally(pairs, 9);
  const law = orders.map((pair) => {
    const [first, second] = [weights[Math.floor(pair / 3)]!, weights[pair % 3]!];
    return ((first / 6) * second) / (6 - first);
  });
  expect([counts[0], counts[4], counts[8]]).toEqual([0, 0, 0]);
  expect(
    fits(
      orders.map((pair) => counts[pair]!),
      law,
    ),
  ).toBe(true);
});

test("taken as often as there are backends, each comes once", () => {
  const draw = drawOf([5, 1, 4, 2, 3]);
  for (let round = 0; round < 200; round++) {
    const taken = Array.from({ length: 5 }, () => draw.take());
    expect(taken.sort()).toEqual([0, 1, 2, 3, 4]);
    draw.putBack();
  }
});
