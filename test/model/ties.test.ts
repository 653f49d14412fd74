/** What happens when two things fall on the same instant: decided here, and the same for ever. */
import { expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

const desk = { kind: "service", slots: 1, work: "2 s" };

test("an answer at the very instant of its time-out is too late", () => {
  const play = new Rehearsal({ desk });
  play.ask(0, "desk", { timeout: "2 s" });
  play.run(10);
  expect(play.endings).toEqual(["2 a timed-out"]);
});

test("a call whose time is up when its turn comes is given up before it is begun", () => {
  const play = new Rehearsal({ desk });
  play.ask(0, "desk");
  play.ask(1, "desk", { timeout: "1 s", cancellation: "propagate" });
  play.run(10);
  expect(play.endings).toEqual(["2 a ok", "2 b timed-out"]);
  expect(play.part("desk").read().slotBusyTime).toBe(2e9);
});

// The departure at 2 was scheduled at 0, the end of the patience at 1.
test("of a turn and the end of a patience the one comes first that was scheduled first", () => {
  const play = new Rehearsal({ desk });
  play.ask(0, "desk");
  play.ask(1, "desk", { patience: "1 s" });
  play.run(10);
  expect(play.endings).toEqual(["2 a ok", "4 b ok"]);
});

test("nobody is too old for the very instant of the age limit", () => {
  const play = new Rehearsal({ desk: { ...desk, queue: { "age-limit": "1 s" } } });
  play.ask(0, "desk");
  play.ask(1, "desk");
  play.run(10);
  expect(play.endings).toEqual(["2 a ok", "4 b ok"]);
});
