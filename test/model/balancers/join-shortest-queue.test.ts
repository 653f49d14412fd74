import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { fits } from "../../support/chiSquare.ts";
import { Pool, tally } from "../../support/pool.ts";

const kind = "join-shortest-queue";

test("nobody with more calls in flight is ever taken, whatever comes back when", () => {
  const pool = new Pool(kind, new Array<number>(10).fill(1));
  const random = new Random("shortest");
  const out: number[] = [];
  for (let event = 0; event < 5_000; event++) {
    if (out.length > 0 && random.below(2) === 0) {
      pool.answer(out.splice(random.below(out.length), 1)[0]!);
      continue;
    }
    const loads = Array.from({ length: 10 }, (_, position) => pool.inFlight(position));
    const id = pool.send();
    expect(loads[id]).toBe(Math.min(...loads));
    out.push(id);
  }
});

test("equals are drawn with equal chances", () => {
  const pool = new Pool(kind, [1, 1, 1, 1]);
  const busy = pool.send();
  const counts = tally(pool.askAll(9_000), 4).filter((_, id) => id !== busy);
  expect(fits(counts, [1 / 3, 1 / 3, 1 / 3])).toBe(true);
});
