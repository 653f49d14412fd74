/** What every balancer must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { balancers, balancerSchema } from "../../src/model/balancers/index.ts";
import { Pool, tally } from "../support/pool.ts";

/** Members that send everyone the same, whatever the weights, and why that is right for them. */
const weightless = new Map([
  ["round-robin", "it takes turns; the smooth weighted one heeds weights"],
  ["join-shortest-queue", "the theory it is taken from knows no weights"],
  ["join-idle-queue", "the paper it is taken from knows no weights"],
  ["peak-ewma", "the product weighs by its answers' times alone"],
  ["first", "it fills one backend before it uses the next"],
  ["sticky", "it wraps round robin unless told otherwise"],
  ["zone-aware", "it wraps round robin unless told otherwise"],
]);

/** The arcs of a ring differ by 1/sqrt(160 points), 8 %; four times that, and the draws on top. */
const unevenArcs = 4 * 80 + 50;

/** Members that give everything to one backend while it has room. */
const selfish = new Set(["first"]);

const ones = (size: number) => new Array<number>(size).fill(1);

describe.each(balancers.map(({ kind, linear }) => ({ kind, linear })))(
  "$kind",
  ({ kind, linear }) => {
    // Of 1,000 each; five standard deviations of a purely random choice are 150.
    const most = kind === "consistent-hash" ? unevenArcs : 150;
    const shared = test.skipIf(selfish.has(kind));

    test("a single backend gets every call", () => {
      expect(new Set(new Pool(kind, [1]).sendAll(100))).toEqual(new Set([0]));
    });

    shared("equal backends get equal parts of the calls in the long run", () => {
      const calls = tally(new Pool(kind, ones(10)).rotate(10_000, 20), 10);
      for (const count of calls) expect(Math.abs(count - 1000)).toBeLessThan(most);
    });

    shared("equal backends carry equal loads when no call comes back", () => {
      const calls = tally(new Pool(kind, ones(10)).sendAll(10_000), 10);
      for (const count of calls) expect(Math.abs(count - 1000)).toBeLessThan(most);
    });

    const reason = weightless.get(kind);
    test.skipIf(reason)(
      `backends get calls in proportion to weight${reason ? `: ${reason}` : ""}`,
      () => {
        for (const calls of [
          new Pool(kind, [3, 1, 1]).rotate(10_000, 100),
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

    shared("a change of weight changes no membership", () => {
      const pool = new Pool(kind, [1, 1]);
      pool.askAll(5);
      pool.reweigh(0, 3);
      expect(new Set(pool.rotate(200, 10))).toEqual(new Set([0, 1]));
    });

    shared("after everyone is replaced, the newcomers share the calls", () => {
      const pool = new Pool(kind, [1, 1, 1]);
      pool.sendAll(7);
      for (const id of [3, 4, 5]) pool.join(id);
      for (const id of [0, 1, 2]) pool.leave(id);
      const calls = tally(pool.rotate(300, 10), 6);
      expect(calls.slice(0, 3)).toEqual([0, 0, 0]);
      for (const count of calls.slice(3)) expect(count).toBeGreaterThan(50);
    });

    shared("it goes on after a time without any backend", () => {
      const pool = new Pool(kind, [1, 1]);
      pool.sendAll(3);
      pool.leave(0);
      pool.leave(1);
      pool.join(1);
      pool.join(2);
      expect(new Set(pool.rotate(100, 10))).toEqual(new Set([1, 2]));
    });

    test("whatever comes and goes, it chooses somebody who is there", () => {
      const random = new Random("coming and going");
      const pool = new Pool(kind, [1, 2]);
      const out: number[] = [];
      let newest = 1;
      for (let event = 0; event < 2_000; event++) {
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

    // One that looks at each for every choice is for smaller fleets.
    const many = linear ? 1_000 : 10_000;
    shared(`${many} backends are no trouble`, () => {
      const calls = new Pool(kind, ones(many)).sendAll(many);
      // Even a purely random choice reaches 1 - 1/e of them.
      expect(new Set(calls).size).toBeGreaterThan(0.6 * many);
    });
  },
);

test("an unknown balancer is refused", () => {
  expect(balancerSchema.safeParse({ kind: "least-conn" }).success).toBe(false);
});
