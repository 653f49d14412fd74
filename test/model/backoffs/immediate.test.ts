import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { immediate } from "../../../src/model/backoffs/immediate.ts";

test("there is no wait", () => {
  const backoff = immediate.create({}, { random: new Random("immediate") });
  expect([1, 2, 3].map((retry) => backoff.delay(retry, 0))).toEqual([0, 0, 0]);
});
