/** What every balancer must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { balancers, balancerSchema } from "../../src/model/balancers/index.ts";
import { Pool, tally } from "../support/pool.ts";

/** Members that send everyone the same, whatever the weights, and why that is right for them. */
const weightless = new Map([
  ["round-robin", "it takes turns; the smooth weighted one heeds weights"],
]);

const ones = (size: number) => new Array<number>(size).fill(1);

describe.each(balancers.map(({ kind }) => kind))("%s", (kind) => {
  test("a single backend gets every call", () => {
    expect(new Set(new Pool(kind, [1]).sendAll(100))).toEqual(new Set([0]));
  });

  test("equal backends get equal parts of the calls in the long run", () => {
    const calls = tally(new Pool(kind, ones(10)).askAll(10_000), 10);
    // 1,000 each; five standard deviations of a purely random choice are 150.
    for (const count of calls) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("equal backends carry equal loads when no call comes back", () => {
    const calls = tally(new Pool(kind, ones(10)).sendAll(10_000), 10);
    for (const count of calls) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  const reason = weightless.get(kind);
  test.skipIf(reason)(
    `backends get calls in proportion to weight${reason ? `: ${reason}` : ""}`,
    () => {
      for (const calls of [
        new Pool(kind, [3, 1, 1]).askAll(10_000),
        new Pool(kind, [3, 1, 1]).sendAll(10_000),
      ]) {
        const [heavy] = tally(calls, 3);
        expect(heavy! / 10_000).toBeGreaterThan(0.575); // 0.6 ± five standard deviations
        expect(heavy! / 10_000).toBeLessThan(0.625);
      }
    },
  );

  test("the same stream gives the same choices", () => {
    const run = () => new Pool(kind, [1, 2, 3, 4], "again").sendAll(500);
    expect(run()).toEqual(run());
  });

  test("a change of weight changes no membership", () => {
    const pool = new Pool(kind, [1, 1]);
    pool.askAll(5);
    pool.reweigh(0, 3);
    expect(new Set(pool.askAll(200))).toEqual(new Set([0, 1]));
  });

  test("after everyone is replaced, the newcomers share the calls", () => {
    const pool = new Pool(kind, [1, 1, 1]);
    pool.sendAll(7);
    for (const id of [3, 4, 5]) pool.join(id);
    for (const id of [0, 1, 2]) pool.leave(id);
    const calls = tally(pool.askAll(300), 6);
    expect(calls.slice(0, 3)).toEqual([0, 0, 0]);
    for (const count of calls.slice(3)) expect(count).toBeGreaterThan(50);
  });

  test("it goes on after a time without any backend", () => {
    const pool = new Pool(kind, [1, 1]);
    pool.sendAll(3);
    pool.leave(0);
    pool.leave(1);
    pool.join(1);
    pool.join(2);
    expect(new Set(pool.askAll(100))).toEqual(new Set([1, 2]));
  });

  test("whatever comes and goes, it chooses somebody who is there", () => {
    const random = new Random("coming and going");
    const pool = new Pool(kind, [1, 2]);
    const out: number[] = [];
    let newest = 1;
    for (let event = 0; event < 20_000; event++) {
      const dice = random.below(20);
      if (dice === 0 && pool.size < 12) pool.join(++newest, 1 + random.below(5));
      else if (dice === 1 && pool.size > 1) pool.leave(pool.id(random.below(pool.size)));
      else if (dice < 11)
        out.push(pool.send()); // send() checks the position
      else if (out.length > 0) pool.answer(out.splice(random.below(out.length), 1)[0]!);
    }
    for (let position = 0; position < pool.size; position++)
      expect(pool.inFlight(position)).toBeGreaterThanOrEqual(0);
  });

  test("ten thousand backends are no trouble", () => {
    const calls = new Pool(kind, ones(10_000)).sendAll(10_000);
    // Even a purely random choice reaches 1 - 1/e of them.
    expect(new Set(calls).size).toBeGreaterThan(6_000);
  });
});

test("an unknown balancer is refused", () => {
  expect(balancerSchema.safeParse({ kind: "least-conn" }).success).toBe(false);
});
