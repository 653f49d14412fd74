import { describe, expect, test } from "vitest";
import { NONE } from "../../../src/model/calls.ts";
import type { Queue } from "../../../src/model/disciplines/discipline.ts";
import { MILLISECOND } from "../../../src/kernel/time.ts";
import { emptyQueue } from "../../support/queue.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

/** A queue that has filled at instant 0, and the instants at which calls are dropped [ms]. */
function standing(calls: number) {
  const clock = { now: 0 };
  const since: number[] = [];
  const queue = emptyQueue("codel", {}, { clock, waitingSince: (call) => since[call]! });
  const push = (count: number) => {
    for (let call = 0; call < count; call++) {
      since.push(clock.now);
      queue.push(since.length - 1);
    }
  };
  push(calls);
  const drops: number[] = [];
  const takeAt = (time: number) => {
    clock.now = time * MILLISECOND;
    const call = queue.shift();
    drops.push(...expelled(queue).map(() => time));
    return call;
  };
  return { push, takeAt, drops, queue };
}

function expelled({ expelled: out }: Queue): number[] {
  const calls: number[] = [];
  for (let call = out!.shift(); call !== NONE; call = out!.shift()) calls.push(call);
  return calls;
}

describe("with the published target of 5 ms and interval of 100 ms", () => {
  test("drops begin after an interval above target and follow at interval/√n", () => {
    const { takeAt, drops } = standing(200);
    for (let time = 10; time <= 500; time += 10) takeAt(time);
    // Above target from 10 on. The next drop is due at 110, + 100/√1 = 210, + 100/√2 = 280.7,
    // + 100/√3 = 338.4, + 100/√4 = 388.4, + 100/√5 = 433.2, + 100/√6 = 474.0, + 100/√7 = 511.8;
    // calls are taken out every 10 ms.
    expect(drops).toEqual([110, 210, 290, 340, 390, 440, 480]);
  });

  test("a drop costs nobody a turn: the next call is served in its place", () => {
    const { takeAt, queue } = standing(20);
    const served = [10, 110, 120].map(takeAt);
    expect(served).toEqual([0, 2, 3]);
    expect(queue.length).toBe(16);
  });

  test("several drops are made at once when they are due", () => {
    const { takeAt, drops } = standing(50);
    [10, 110, 300].forEach(takeAt); // due at 210 and 280.7; then at 338.4
    expect(drops).toEqual([110, 300, 300]);
  });

  test("waits below target, an empty queue or one call behind end it", () => {
    const { takeAt, drops, push } = standing(3);
    [10, 110].forEach(takeAt); // the second leaves one behind: short again
    expect(drops).toEqual([]);
    expect([120, 130].map(takeAt)).toEqual([2, NONE]);
    push(10);
    [140, 239].forEach(takeAt); // above target for 99 ms
    expect(drops).toEqual([]);
  });

  test("dropping that begins again soon goes on at the rate it had", () => {
    const { takeAt, drops, push } = standing(60);
    for (let time = 10; time <= 350; time += 10) takeAt(time); // drops 110, 210, 290, 340
    while (takeAt(360) !== NONE);
    drops.length = 0;
    push(60);
    for (let time = 370; time <= 600; time += 10) takeAt(time);
    // Four drops last time, the first of them at count 1: count goes on from 3. Above target from
    // 370; drops at 470, + 100/√3 = 527.7, + 100/√4 = 577.7.
    expect(drops).toEqual([470, 530, 580]);
  });
});

test("a service answers what is dropped at once, and serves the next", () => {
  const desk = { kind: "service", slots: 1, work: "60 ms", queue: { discipline: "codel" } };
  const play = new Rehearsal({ desk });
  for (let call = 0; call < 6; call++) play.ask(0, "desk");
  play.run(1);
  // Above target at 0.06; at 0.16 it would be an interval: c is looked at at 0.12, d at 0.18.
  expect(play.endings).toEqual([
    "0.06 a ok",
    "0.12 b ok",
    "0.18 d dropped",
    "0.18 c ok",
    "0.24 e ok",
    "0.3 f ok",
  ]);
  expect(play.live).toBe(0);
});
