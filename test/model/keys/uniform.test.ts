import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { uniform } from "../../../src/model/keys/uniform.ts";
import { fits } from "../../support/chiSquare.ts";
import { tally } from "../../support/pool.ts";

test("every item comes up as often as any other", () => {
  const keys = uniform.create({ items: 50 }, { random: new Random("uniform") });
  const draws = Array.from({ length: 100_000 }, () => keys.draw());
  expect(fits(tally(draws, 50), new Array<number>(50).fill(1 / 50))).toBe(true);
});
