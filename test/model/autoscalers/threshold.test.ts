/** Two thresholds, periods in a row, a cool-down, and no shrinking into one's own upper threshold. */
import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Instances of ten slots; a call keeps one of them for longer than any test. */
const scaled = (options: object, instances: number, calls: number, asked = 0) => {
  const fleet = { instances, "start-up": "0 s" };
  const parts = { web: { kind: "service", slots: 10, work: "100000 s", fleet } };
  const autoscalers = { web: { kind: "threshold", max: 20, ...options } };
  const play = new Rehearsal(parts, { autoscalers });
  for (let call = 0; call < calls; call++) play.ask(asked, "web");
  return play;
};

test("grows after three minutes above, one at a time", () => {
  const play = scaled({}, 2, 20);
  play.run(179);
  expect(play.noted("scaling")).toEqual([]);
  play.run(2000);
  // 20 busy slots: 100 % of two instances, 66.7 % of three, which is not above 80 %.
  expect(play.reasons("scaling")).toEqual([
    "180: 2 → 3: utilisation 100 % above 80 % for 3 periods",
  ]);
});

test("exactly at the threshold is not above it", () => {
  const play = scaled({}, 2, 16);
  play.run(2000);
  expect(play.noted("scaling")).toEqual([]);
});

test("a quiet minute in between begins the count anew", () => {
  const play = scaled({}, 1, 10, 1);
  play.run(61); // 59 of 60 s busy
  expect(play.noted("scaling")).toEqual([]);
  const late = scaled({}, 1, 10, 20); // the first minute is busy for 67 %
  late.run(239);
  expect(late.noted("scaling")).toEqual([]);
  late.run(240);
  expect(late.noted("scaling")).toEqual(["240 web scale out"]);
});

test("holds still for the cool-down, but goes on counting", () => {
  const play = scaled({ above: "60 %" }, 2, 20);
  play.run(2000);
  // 66.7 % after the first step; 180 + 300 is the first moment to act again; then 50 %.
  expect(play.noted("scaling")).toEqual(["180 web scale out", "480 web scale out"]);
  expect(play.fleet("web").desired).toBe(4);
});

test("shrinks after fifteen minutes below, down to the fewest", () => {
  const play = scaled({ cooldown: "0 s" }, 4, 0);
  play.run(10_000);
  expect(play.reasons("scaling")).toEqual([
    "900: 4 → 3: utilisation 0 % below 30 % for 15 periods",
    "1800: 3 → 2: utilisation 0 % below 30 % for 15 periods",
  ]);
});

test("does not shrink into its own upper threshold", () => {
  // 9 busy of 20 slots are 45 %; on one instance they would be 90 %, on which it would grow again.
  const narrow = { below: "50 %", min: 1 };
  const flapping = scaled(narrow, 2, 9);
  flapping.run(5000);
  expect(flapping.noted("scaling")).toEqual([]);
  // 8 would be 80 %, which is the threshold itself; 7 are 70 %.
  const edge = scaled(narrow, 2, 8);
  edge.run(5000);
  expect(edge.noted("scaling")).toEqual([]);
  const calm = scaled(narrow, 2, 7);
  calm.run(5000);
  expect(calm.noted("scaling")).toEqual(["900 web scale in"]);
});

test("grows and shrinks by the steps it is given, within its bounds", () => {
  const play = scaled({ grow: 7, max: 6 }, 2, 20);
  play.run(200);
  expect(play.fleet("web").desired).toBe(6);
  const idle = scaled({ shrink: 9, min: 3 }, 8, 0);
  idle.run(1000);
  expect(idle.fleet("web").desired).toBe(3);
});
