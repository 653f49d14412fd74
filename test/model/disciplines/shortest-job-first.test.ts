import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";
import { emptyQueue } from "../../support/queue.ts";

/** One slot; an operation's name is its work in seconds. */
function desk(preemptive: boolean, more: object = {}) {
  const work = (seconds: number) => [{ work: `${seconds} s` }];
  return new Rehearsal({
    desk: {
      kind: "service",
      slots: 1,
      queue: { discipline: { kind: "shortest-job-first", preemptive } },
      operations: { one: work(1), two: work(2), four: work(4) },
      ...more,
    },
  });
}

test("the shortest is served next, and of equals the first to come", () => {
  const play = desk(false);
  play.ask(0, "desk.four");
  play.ask(1, "desk.four");
  play.ask(1, "desk.two");
  play.ask(2, "desk.one");
  play.ask(3, "desk.two");
  play.run(20);
  expect(play.endings).toEqual(["4 a ok", "5 d ok", "7 c ok", "9 e ok", "13 b ok"]);
});

test("a shorter call interrupts the one with the most work left, which goes on where it was", () => {
  const play = desk(true);
  play.ask(0, "desk.four");
  play.ask(1, "desk.two"); // 3 s are left of the first: it interrupts
  play.ask(2, "desk.one"); // 1 s is left of the second, as much as its own: it waits
  play.ask(3.5, "desk.four"); // 3 s are left of the first
  play.ask(6, "desk.one"); // 1 s is left of the first
  play.run(20);
  expect(play.endings).toEqual(["3 b ok", "4 c ok", "7 a ok", "8 e ok", "12 d ok"]);
});

test("work left is counted at normal speed, pauses left out", () => {
  const play = desk(true);
  play.ask(0, "desk.four");
  play.at(1, () => play.fleet("desk").slow(play.fleet("desk").instances[0]!, 2));
  play.ask(5.5, "desk.one"); // 0.75 s of work are left of the first, which will take 1.5 s
  play.run(20);
  expect(play.endings).toEqual(["7 a ok", "9 b ok"]);
});

test("a call that waits to call another part has nothing to do", () => {
  const operations = {
    two: [{ work: "2 s" }],
    ask: [{ work: "0.1 s" }, { call: "store" }, { call: "store" }],
    one: [{ work: "1 s" }],
  };
  const play = new Rehearsal({
    desk: {
      kind: "service",
      slots: 1,
      queue: { discipline: "shortest-job-first" },
      operations,
      "while-calling": "release",
    },
    store: { kind: "service", slots: 9, work: "0.5 s" },
  });
  play.ask(0, "desk.two");
  play.ask(0.5, "desk.one");
  play.ask(0.75, "desk.ask");
  play.ask(1, "desk.one");
  play.run(20);
  // Of c there is 0.1 s of work at 2 s; back from its first call at 2.6 s it waits for the slot of b,
  // gets it before d, and gives it away for its second call.
  expect(play.endings).toEqual(["2 a ok", "3.1 b ok", "3.6 c ok", "4.1 d ok"]);
});

test("nobody is interrupted unless it is said", () => {
  expect(emptyQueue("shortest-job-first").interrupts).toBe(null);
});
