/** A canary that gets a share of the calls, whatever its number of instances. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Ten instances that serve a call in a second, 15 s from launch to the first call. */
const parts = (balancer: string) => ({
  edge: { kind: "load-balancer", to: "web", balancer, "health-check": "none" },
  web: {
    kind: "service",
    slots: 100,
    work: "1 s",
    fleet: { instances: 10, provisioning: "5 s", "start-up": "10 s" },
  },
});
const canary = {
  kind: "traffic-canary",
  of: "web",
  at: "1 s",
  steps: [
    { weight: "15 %", for: "60 s" },
    { weight: "50 %", instances: 1, for: "30 s" },
  ],
};

/** Fifty calls a second, of which those that reach the new version end in an error. */
const play = (more: object, balancer = "round-robin", until = 160) => {
  const version = { "error-rate": "100 %" };
  const night = new Rehearsal(parts(balancer), { rollouts: [{ ...canary, version, ...more }] });
  for (let call = 0; call < 50 * until; call++)
    night.ask(call / 50, "edge", { name: String(call / 50) });
  return night;
};

/** Calls that began within a stretch of time, and those of them that met the new version. */
const met = (night: Rehearsal, from: number, to: number) => {
  const ends = night.endings
    .map((each) => each.split(" "))
    .filter(([, began]) => Number(began) >= from && Number(began) < to);
  return { calls: ends.length, canaries: ends.filter(([, , how]) => how === "error").length };
};

const versions = (night: Rehearsal) => {
  const ready = night.fleet("web").ready();
  const young = ready.filter(({ version }) => version === 1).length;
  return `${ready.length - young}+${young}`;
};

test("the old version keeps its instances, and the new one grows with its share", () => {
  const night = new Rehearsal(parts("round-robin"), { rollouts: [canary] });
  const seen: string[] = [];
  for (const at of [0, 17, 75, 77, 107, 122, 150, 152])
    night.at(at, () => seen.push(`${at} ${versions(night)}`));
  night.run(200);
  // 15 % of ten are two, launched at 1 and ready at 16; one from 76 to 106; nine more are ready at 121,
  // and the old ones go 30 s after that.
  expect(seen).toEqual([
    "0 10+0",
    "17 10+2",
    "75 10+2",
    "77 10+1",
    "107 10+1",
    "122 10+10",
    "150 10+10",
    "152 0+10",
  ]);
  expect(night.reasons("scaling")).toEqual([
    "16: step 1 of 3: 15 % of the calls to version 2 on 2 instances",
    "76: step 2 of 3: 50 % of the calls to version 2 on 1 instances",
    "121: step 3 of 3: 100 % of the calls to version 2 on 10 instances",
    "151: version 2 everywhere after 150 s",
  ]);
});

// Every call is a draw of its own: a share w of n calls, give or take 3.29 √(n w (1 - w)) at 99.9 %.
describe.each(["round-robin", "least-connections", "random", "smooth-weighted-round-robin"])(
  "behind %s",
  (balancer) => {
    test("calls are shared out by weight, not by instances", () => {
      const night = play({}, balancer);
      night.run(170);
      const [first, second] = [met(night, 16, 76), met(night, 76, 121)];
      expect([first.calls, second.calls]).toEqual([3000, 2250]);
      expect(Math.abs(first.canaries - 450)).toBeLessThan(3.29 * Math.sqrt(3000 * 0.15 * 0.85));
      expect(Math.abs(second.canaries - 1125)).toBeLessThan(3.29 * Math.sqrt(2250 / 4));
      expect(met(night, 0, 16).canaries).toBe(0);
      expect(met(night, 121, 160)).toEqual({ calls: 1950, canaries: 1950 });
      expect(night.live).toBe(0);
    });
  },
);

test("a bad version gets no more calls at once, and is kept for a while", () => {
  const rule = { "error-rate-above": "50 %", window: "20 s", calls: 5 };
  const night = play({ "roll-back-if": rule }, "round-robin", 60);
  const seen: string[] = [];
  for (const at of [50, 52]) night.at(at, () => seen.push(versions(night)));
  night.run(70);
  // Windows end at 21, 41, …: the canaries have served for 5 s, and are 30 s longer there.
  expect(night.noted("scaling").slice(1)).toEqual(["21 web rolling back", "51 web rolled back"]);
  expect(seen).toEqual(["10+2", "10+0"]);
  expect(met(night, 16, 21).canaries).toBeGreaterThan(0);
  expect(met(night, 21.01, 60).canaries).toBe(0);
});
