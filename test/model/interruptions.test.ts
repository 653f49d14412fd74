/** Work that is interrupted, held up, slowed while an instance warms up, and waits that end. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal, type Platform } from "../support/rehearsal.ts";

/** One slot; calls named by their priority. */
function prioritised(calls: readonly (readonly [at: number, priority: number])[], more = {}) {
  const discipline = { kind: "priority", preemptive: true };
  const desk = { kind: "service", slots: 1, work: "4 s", queue: { discipline }, ...more };
  const play = new Rehearsal({ desk });
  calls.forEach(([at, priority], index) => {
    play.world.priorities[index] = priority;
    play.ask(at, "desk");
  });
  play.run(100);
  expect(play.live).toBe(0);
  return play;
}

describe("a preemptive priority", () => {
  test("interrupts the less urgent, which goes on where it was", () => {
    const play = prioritised([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 1],
    ]);
    // c 2-6; b has had 1 s, 3 are left: 6-9; a has had 1 s: 9-12; d comes behind its equal.
    expect(play.endings).toEqual(["6 c ok", "9 b ok", "12 a ok", "16 d ok"]);
    const { busyTime, waitedSum, queueTime, servedSum } = play.part("desk").read();
    expect(busyTime).toBe(16 * SECOND);
    expect(queueTime).toBe(waitedSum);
    expect(servedSum).toBe((12 + 8 + 4 + 4) * SECOND); // from the first turn to the answer
  });

  test("interrupts nobody as urgent as itself, nor anybody while a slot is free", () => {
    const ends = prioritised([
      [0, 2],
      [1, 2],
      [2, 1],
    ]).endings;
    expect(ends).toEqual(["4 a ok", "8 b ok", "12 c ok"]);
    const calls = [
      [0, 1],
      [1, 1],
      [2, 9],
    ] as const;
    const two = prioritised(calls, { slots: 2 }).endings;
    expect(two).toEqual(["4 a ok", "6 c ok", "7 b ok"]); // b began last; 3 s are left at 4
  });

  test("leaves a call its slot while it waits for a call of its own", () => {
    const store = { kind: "service", slots: 9, work: "5 s" };
    const discipline = { kind: "priority", preemptive: true };
    const operations = { sell: [{ call: "store" }, { work: "1 s" }] };
    const desk = { kind: "service", slots: 1, operations, queue: { discipline } };
    const play = new Rehearsal({ desk, store });
    play.world.priorities.push(1, 2);
    play.ask(0, "desk.sell");
    play.ask(1, "desk.sell");
    play.run(100);
    expect(play.endings).toEqual(["6 a ok", "12 b ok"]);
  });
});

describe("an age limit", () => {
  test("drops whoever has waited for its first turn so long, and nobody else", () => {
    const queue = { "age-limit": "3 s" };
    const play = new Rehearsal({ desk: { kind: "service", slots: 1, work: "2 s", queue } });
    for (const at of [0, 0.5, 0.6, 0.7]) play.ask(at, "desk");
    play.run(100);
    expect(play.endings).toEqual(["2 a ok", "3.6 c dropped", "3.7 d dropped", "4 b ok"]);
    expect(play.live).toBe(0);
    const { queueTime } = play.part("desk").read();
    expect(queueTime).toBe((1.5 + 3 + 3) * SECOND);
  });

  test("does not hold for another turn", () => {
    const queue = { "age-limit": "3 s" };
    const operations = { sell: [{ wait: "1 s" }, { work: "1 s" }], block: [{ work: "9 s" }] };
    const desk = { kind: "service", slots: 1, operations, queue, "while-calling": "release" };
    const play = new Rehearsal({ desk });
    play.ask(0, "desk.sell"); // back at 1, waits for 8.5 s
    play.ask(0.5, "desk.block");
    play.run(100);
    expect(play.endings).toEqual(["9.5 b ok", "10.5 a ok"]);
  });
});

describe("pauses", () => {
  const pauses = { every: "10 s", for: "3 s" };
  const ends = (steps: readonly object[], at: readonly number[], more: object = {}) => {
    const operations = { buy: steps };
    const shop = { kind: "service", slots: 9, operations, pauses, ...more };
    const play = new Rehearsal({ shop }, { cores: 2 });
    for (const instant of at) play.ask(instant, "shop.buy");
    play.run(100);
    return play.endings;
  };

  // Pauses 10-13, 23-26, ...
  test("hold up work under way, and work that would begin", () => {
    expect(ends([{ work: "2 s" }], [1, 9, 11, 13.5])).toEqual([
      "3 a ok",
      "14 b ok",
      "15 c ok",
      "15.5 d ok",
    ]);
    expect(ends([{ work: "12 s" }], [9, 12])).toEqual(["27 a ok", "28 b ok"]);
  });

  test("hold up cores, whether they are shared or not; timers and disks go on", () => {
    expect(ends([{ cpu: "2 s" }], [9, 11])).toEqual(["14 a ok", "16 b ok"]);
    const shared = { cpu: { sharing: "processor-sharing" } };
    expect(ends([{ cpu: "2 s" }], [9, 11], shared)).toEqual(["15 a ok", "16 b ok"]);
    expect(ends([{ wait: "2 s" }], [9])).toEqual(["11 a ok"]);
    expect(ends([{ disk: 2 }], [9], { disk: { iops: 1 } })).toEqual(["11 a ok"]);
  });

  test("leave alone an instance that has died; the next ones count from its return", () => {
    const shop = { kind: "service", slots: 9, work: "2 s", pauses, fleet: { "start-up": "1 s" } };
    const faults = [{ kind: "crash", of: "shop", at: "11 s", repair: "1 s" }];
    const play = new Rehearsal({ shop }, { faults } as Platform);
    for (const at of [13.5, 22]) play.ask(at, "shop");
    play.run(100);
    expect(play.endings).toEqual(["15.5 a ok", "27 b ok"]); // ready at 13, so a pause 23-26
  });

  test("and slowness at once: what is left takes longer, the pause does not", () => {
    const shop = { kind: "service", slots: 9, work: "4 s", pauses };
    const faults = [{ kind: "slow", of: "shop", at: "11 s", for: "60 s", factor: 2 }];
    const play = new Rehearsal({ shop }, { faults } as Platform);
    play.ask(9, "shop"); // 1 s before the pause, 3 s left that take 6 s from 13 on
    play.run(100);
    expect(play.endings).toEqual(["19 a ok"]);
  });
});

describe("a warm-up", () => {
  const ends = (warmUp: object, steps: readonly object[], at: readonly number[]) => {
    const shop = {
      kind: "service",
      slots: 9,
      fleet: { "start-up": "1 s" },
      operations: { buy: steps },
      "warm-up": { factor: 5, time: "100 s", ...warmUp },
    };
    const faults = [{ kind: "crash", of: "shop", at: "10 s", repair: "1 s" }]; // ready at 12
    const play = new Rehearsal({ shop }, { faults });
    for (const instant of at) play.ask(instant, "shop.buy");
    play.run(1000);
    return play.endings.map((ending) => parseFloat(ending));
  };

  test("makes work take longer at first, in a straight line down to normal", () => {
    // In steps of 1 s, each at its middle: 5 - 4 · 0.005 = 4.98 at first, 3 - 0.02 half way.
    const [before, first, half, after] = ends({}, [{ work: "100 ms" }], [1, 12.1, 62.1, 113]);
    expect(before).toBe(1.1); // there from the beginning, so warm
    expect(first).toBeCloseTo(12.1 + 0.498, 9);
    expect(half).toBeCloseTo(62.1 + 0.298, 9);
    expect(after).toBeCloseTo(113.1, 9);
  });

  test("or exponentially, to a hundredth of what was too much", () => {
    const cold = { shape: "exponential" };
    const [first, half, last] = ends(cold, [{ cpu: "100 ms" }], [12.1, 62.1, 111.1]);
    expect(first).toBeCloseTo(12.1 + 0.1 * (1 + 4 * 0.01 ** 0.005), 8);
    expect(half).toBeCloseTo(62.1 + 0.1 * (1 + 4 * 0.01 ** 0.505), 8);
    expect(last).toBeCloseTo(111.1 + 0.1 * (1 + 4 * 0.01 ** 0.995), 8);
  });

  test("work under way gets faster with it", () => {
    // Work 60 s begun at 12: done when the sum of 1/f over the seconds is 60.
    let [done, time] = [0, 12];
    for (let step = 0; done < 60; step++, time++) {
      const speed = 1 / (step < 100 ? 5 - 4 * ((step + 0.5) / 100) : 1);
      if (done + speed >= 60) time += (60 - done) / speed - 1;
      done += speed;
    }
    expect(ends({}, [{ work: "60 s" }], [12.000000001])[0]).toBeCloseTo(time, 6);
  });
});
