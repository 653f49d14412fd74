import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { MILLISECOND, SECOND } from "../../../src/kernel/time.ts";
import { decorrelatedJitter } from "../../../src/model/backoffs/decorrelated-jitter.ts";
import { contains, studentInterval } from "../../../src/statistics/intervals.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const backoff = decorrelatedJitter.create(
  { base: 100 * MILLISECOND, cap: 2 * SECOND },
  { random: new Random("decorrelated jitter") },
);

test.each([
  { previous: 0, longest: 300 }, // the base stands for the wait before the first
  { previous: 100, longest: 300 },
  { previous: 400, longest: 1200 },
])("after $previous ms it waits from the base to $longest ms", ({ previous, longest }) => {
  const draw = () => backoff.delay(2, previous * MILLISECOND) / MILLISECOND;
  const waits = Array.from({ length: 20_000 }, draw);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...waits)).toBeLessThanOrEqual(longest);
  expect(Math.max(...waits)).toBeGreaterThan(0.99 * longest);
  expect(contains(studentInterval(waits, 0.999), (100 + longest) / 2)).toBe(true);
});

test("the cap cuts off what is longer", () => {
  // Anything from 100 to 6000 ms: 4000 of 5900 are beyond 2000.
  const waits = Array.from({ length: 20_000 }, () => backoff.delay(3, 2 * SECOND));
  const capped = waits.map((wait) => Number(wait === 2 * SECOND));
  expect(contains(studentInterval(capped, 0.999), 4000 / 5900)).toBe(true);
});

test("a request's waits follow from each other, whatever others wait for", () => {
  // Had each retry begun anew from the base of 1 ns, none would wait more than 3 ns.
  const waits = (callers: number) => {
    const play = new Rehearsal({ desk: { kind: "service", slots: 1, work: "1 ns" } });
    play.fleet("desk").crash(play.fleet("desk").instances[0]!, false);
    const retry = { attempts: 100, backoff: { kind: "decorrelated-jitter", base: "1 ns" } };
    for (let call = 0; call < callers; call++) play.ask(0, "desk", { retry });
    play.run(1000);
    expect(play.counts("desk")).toEqual({ arrived: 100 * callers, refused: 100 * callers });
    return play.endings.map((ending) => parseFloat(ending) * SECOND);
  };
  for (const end of waits(3)) expect(end).toBeGreaterThan(99 * 3);
});
