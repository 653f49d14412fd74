import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";
import { emptyQueue } from "../../support/queue.ts";

test("the call that came last is served first", () => {
  const queue = emptyQueue("lifo");
  for (const call of [3, 1, 2]) queue.push(call);
  expect([queue.shift(), queue.shift()]).toEqual([2, 1]);
  queue.push(7);
  expect([queue.shift(), queue.shift()]).toEqual([7, 3]);
  expect(queue.interrupts).toBe(null);
});

test("whoever comes interrupts the one that was sent first, which goes on after those who came later", () => {
  const discipline = { kind: "lifo", preemptive: true };
  const play = new Rehearsal({
    desk: { kind: "service", slots: 2, work: "4 s", queue: { discipline } },
  });
  for (const at of [0, 1, 2, 3]) play.ask(at, "desk");
  play.ask(6.25, "desk");
  play.run(30);
  // c takes the slot of a at 2 and d that of b at 3. b goes on when c has ended, with 2 s to do; e
  // interrupts it at once, for d was sent later although its turn began before. a has 2 s to do.
  expect(play.endings).toEqual(["6 c ok", "7 d ok", "8.75 b ok", "10.25 e ok", "10.75 a ok"]);
});
