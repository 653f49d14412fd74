import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND } from "../../../src/kernel/time.ts";
import { constant } from "../../../src/model/backoffs/constant.ts";

test("every wait is the same", () => {
  const options = { delay: 50 * MILLISECOND };
  const backoff = constant.create(options, { random: new Random("constant") });
  expect([1, 2, 9].map((retry) => backoff.delay(retry, 0) / MILLISECOND)).toEqual([50, 50, 50]);
});
