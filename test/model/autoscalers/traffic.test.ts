/** Scaling by traffic: how many instances, when, and in what portions. */
import { expect, test } from "vitest";
import { sizeForTraffic } from "../../../src/model/autoscalers/trafficArithmetic.ts";
import { Rehearsal } from "../../support/rehearsal.ts";

const rule = { capacity: 100, above: 0.8, below: 0.4, aim: 0.5 };

test.each([
  { rate: 320, size: 4, wanted: null }, // 80 % itself
  { rate: 321, size: 4, wanted: 7 }, // 321 / 50 = 6.42
  { rate: 2000, size: 4, wanted: 40 },
  { rate: 160, size: 4, wanted: null }, // 40 % itself
  { rate: 150, size: 4, wanted: 3 },
  { rate: 0, size: 4, wanted: 0 },
])("$rate rps at $size instances of 100 rps", ({ rate, size, wanted }) => {
  expect(sizeForTraffic(rate, size, rule)?.wanted ?? null).toBe(wanted);
});

function rehearse(options: object, calls: readonly number[]): Rehearsal {
  const web = { kind: "service", slots: 100, work: "1 s", fleet: { "start-up": "0 s" } };
  const autoscalers = {
    web: { kind: "traffic", capacity: "1 rps", aim: "50 %", period: "10 s", max: 30, ...options },
  };
  const play = new Rehearsal({ web }, { autoscalers });
  for (const time of calls) play.ask(time, "web");
  return play;
}

/** 40 calls in the first ten seconds: 4 rps. */
const rush = Array.from({ length: 40 }, (_, index) => index / 4 + 0.1);

test("one decision brings the whole of what the requests take, and a cool-down keeps it", () => {
  const play = rehearse({ cooldown: "25 s" }, rush);
  play.run(60);
  expect(play.reasons("scaling")).toEqual([
    "10: 1 → 8: 4 rps are 400 % of what 1 can serve, above 80 % → 8 for 50 %",
    "40: 8 → 1: 0 rps are 0 % of what 8 can serve, below 40 % → 0 for 50 %, clamped to 1",
  ]);
});

test("an order is dispatched late and in portions, and a newer one takes its place", () => {
  const dispatch = { "dispatch-delay": "3 s", "dispatch-size": 3, "dispatch-interval": "4 s" };
  const kept = rehearse({ ...dispatch, cooldown: "100 s" }, rush);
  kept.run(60);
  expect(kept.noted("scaling")).toEqual([
    "13 web scale out",
    "17 web scale out",
    "21 web scale out",
  ]);
  expect(kept.fleet("web").desired).toBe(8);
  const replaced = rehearse({ ...dispatch, cooldown: "0 s", "dispatch-delay": "5 s" }, rush);
  replaced.run(60);
  // Out at 15 and 19; at 20 no more requests are seen; in at 25, 29, to one at 29.
  expect(replaced.noted("scaling")).toEqual([
    "15 web scale out",
    "19 web scale out",
    "25 web scale in",
    "29 web scale in",
  ]);
});
