/** Predictive scaling: what it orders for each interval, and what it says of its errors. */
import { expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** A season of two minutes: 1 rps, then 5 rps. */
const history = {
  kind: "profile",
  interpolation: "step",
  points: [1, 5, 1, 5].map((value, minute) => [`${minute * 60} s`, `${value} rps`]),
};

const options = {
  kind: "predictive",
  history,
  "history-length": "4 min",
  season: "2 min",
  every: "1 min",
  method: "seasonal-naive",
  capacity: "2 rps",
  max: 20,
};

function rehearse(more: object, asked: readonly number[] = []): Rehearsal {
  const web = { kind: "service", slots: 100, work: "1 s", fleet: { "start-up": "5 s" } };
  const play = new Rehearsal({ web }, { autoscalers: { web: { ...options, ...more } } });
  for (const time of asked) play.ask(time, "web");
  return play;
}

const scalings = (play: Rehearsal) =>
  play.reasons("scaling").filter((reason) => reason.includes("→"));

test("each interval has the instances its forecast takes; a season later what was measured counts", () => {
  // 120 calls in the first minute are 2 rps, none come in the second.
  const asked = Array.from({ length: 120 }, (_, half) => half / 2 + 0.1);
  const play = rehearse({ headroom: "20 %" }, asked);
  play.run(200);
  expect(play.reasons("scaling")).toEqual([
    "60: forecast 1 rps, came 2 rps: 50 % too few; off by 50 % in the mean so far",
    "60: 1 → 3: forecast 5 rps and 20 % more at 2 rps each → ⌈3⌉",
    "120: forecast 5 rps, came 0 rps",
    "120: 3 → 2: forecast 2 rps and 20 % more at 2 rps each → ⌈1.2⌉",
    "180: forecast 2 rps, came 0 rps",
    "180: 2 → 1: forecast 0 rps and 20 % more at 2 rps each → ⌈0⌉, clamped to 1",
  ]);
});

test("a forecast that comes true is told as that", () => {
  // One call a second in the first minute, as in the history, then four in place of five.
  const first = Array.from({ length: 60 }, (_, second) => second + 0.1);
  const second = Array.from({ length: 240 }, (_, quarter) => 60 + quarter / 4 + 0.1);
  const play = rehearse({}, [...first, ...second]);
  play.run(130);
  const told = play.reasons("scaling").filter((reason) => reason.includes("came"));
  expect(told).toEqual([
    "60: forecast 1 rps, came 1 rps: as forecast",
    "120: forecast 5 rps, came 4 rps: 25 % too many; off by 12.5 % in the mean so far",
  ]);
});

test("instances are ordered ahead of an interval and let go when it begins", () => {
  const play = rehearse({ ahead: "20 s" });
  play.run(130);
  expect(scalings(play).map((reason) => reason.split(": f")[0])).toEqual([
    "40: 1 → 3",
    "120: 3 → 1",
  ]);
});

test("it need not shrink", () => {
  const play = rehearse({ "scale-in": false });
  play.run(400);
  expect(play.fleet("web").desired).toBe(3);
});
