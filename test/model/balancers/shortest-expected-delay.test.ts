import { expect, test } from "vitest";
import { Pool } from "../../support/pool.ts";

const [a, b] = [0, 1];

test("the call goes where it and the others there are fewest per weight", () => {
  // a: 1/3 2/3 3/3, then 4/3 against 1 for b; a again from 4/3 to 6/3 against 2/1.
  const pool = new Pool("shortest-expected-delay", [3, 1]);
  expect(pool.sendAll(8)).toEqual([a, a, a, b, a, a, a, b]);
});

test("an idle fleet of equals is not used in turn: the first takes all", () => {
  expect(new Pool("shortest-expected-delay", [1, 1]).askAll(3)).toEqual([a, a, a]);
});
