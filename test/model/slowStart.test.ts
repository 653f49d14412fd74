import { expect, test } from "vitest";
import { Kernel } from "../../src/kernel/kernel.ts";
import { SECOND } from "../../src/kernel/time.ts";
import { Agenda } from "../../src/model/agenda.ts";
import { SlowStart } from "../../src/model/slowStart.ts";

test("the weight rises by sixteenths: at age t of T it is floor((16 t + T) / T)", () => {
  const kernel = new Kernel();
  const factors: number[] = [];
  const start = new SlowStart(32 * SECOND, new Agenda(kernel), () => factors.push(start.factor(1)));
  expect(start.factor(1)).toBe(1); // nobody is spared: weights are as written
  start.begin(1);
  expect([start.factor(1), start.factor(2)]).toEqual([1, 16]);
  kernel.run(31 * SECOND); // looked at every 1.6 s
  // 1.6 s: floor(25.6/32 + 1) = 1, 3.2: 2, 4.8: 3, 6.4: 4, 8: 5, 9.6: 5, …
  expect(factors.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 5]);
  expect(factors).toHaveLength(19);
  kernel.run(40 * SECOND);
  expect(factors).toHaveLength(20); // the last look finds it at full weight and ends
  expect(factors.at(-1)).toBe(1);
});
