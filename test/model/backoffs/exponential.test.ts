import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND } from "../../../src/kernel/time.ts";
import { exponential } from "../../../src/model/backoffs/exponential.ts";

const waits = (options: object, retries: readonly number[]) => {
  const spec = exponential.schema.parse({ kind: "exponential", ...options });
  const backoff = exponential.create(spec, { random: new Random("exponential") });
  return retries.map((retry) => backoff.delay(retry, 0) / MILLISECOND);
};

test("waits double from the base until the cap", () => {
  const options = { base: "100 ms", cap: "1 s" };
  expect(waits(options, [1, 2, 3, 4, 5, 60])).toEqual([100, 200, 400, 800, 1000, 1000]);
});

test("another factor makes them grow by that, in whole ticks", () => {
  expect(waits({ base: "100 ms", cap: "1 s", factor: 1.5 }, [1, 2, 3])).toEqual([100, 150, 225]);
  expect(waits({ base: "1 ns", factor: 1.5 }, [3])).toEqual([2 / MILLISECOND]); // 2.25
  expect(waits({ base: "100 ms", factor: 1 }, [1, 100])).toEqual([100, 100]);
});

test("a base beyond the cap waits for the cap", () => {
  expect(waits({ base: "3 s", cap: "1 s" }, [1, 2])).toEqual([1000, 1000]);
});
