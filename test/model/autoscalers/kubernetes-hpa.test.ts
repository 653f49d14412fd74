/** The HorizontalPodAutoscaler on a fleet: what it sees, when it acts, what it says. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Pods of ten slots; a call keeps one of them for longer than any test. */
const web = (fleet: object = {}) => ({
  web: {
    kind: "service",
    slots: 10,
    work: "10000 s",
    fleet: { instances: 4, "start-up": "0 s", ...fleet },
  },
});

const scaled = (options: object, fleet: object, calls: number, faults: object[] = []) => {
  const autoscalers = { web: { kind: "kubernetes-hpa", max: 40, ...options } };
  const play = new Rehearsal(web(fleet), { autoscalers, faults });
  for (let call = 0; call < calls; call++) play.ask(0, "web");
  return play;
};

describe("growing", () => {
  test("without a behaviour doubles at each decision, and says how it came about", () => {
    const play = scaled({ utilisation: "20 %" }, {}, 40);
    play.run(100);
    // 40 busy slots at 20 % of 10 want 20 pods: 4, 8, 16, 20.
    expect(play.reasons("scaling")).toEqual([
      "15: 4 → 8: HPA: 4 ready at 100 % of 20 % → ⌈20⌉ = 20, at most max(2 · 4, 4) = 8 at once",
      "30: 8 → 16: HPA: 8 ready at 50 % of 20 % → ⌈20⌉ = 20, at most max(2 · 8, 4) = 16 at once",
      "45: 16 → 20: HPA: 16 ready at 25 % of 20 % → ⌈20⌉ = 20",
    ]);
  });

  test.each([
    ["without a behaviour four", {}, [4, 8, 10]],
    [
      "with one, of whichever direction, the default policies allow five",
      { "scale-down": {} },
      [5, 10],
    ],
    ["with one that is as good as none too", { "scale-up": { tolerance: "10 %" } }, [5, 10]],
    [
      "with one of its own what that says",
      { "scale-up": { policies: [{ pods: 2, period: "15 s" }] } },
      [3, 5, 7, 9],
    ],
  ])("from one pod, %s", (_, behaviour, sizes) => {
    const play = scaled({ utilisation: "10 %", ...behaviour }, { instances: 1 }, 10);
    play.run(100);
    // Ten busy slots at 10 % of 10 want 10 pods; nine at 11 % are within the tolerance.
    const found = play.reasons("scaling").map((reason) => Number(/→ (\d+):/.exec(reason)![1]));
    expect(found).toEqual(sizes);
  });

  test("goes as far as the policies allow at each decision, and says how it came about", () => {
    const play = scaled({ utilisation: "20 %", "scale-up": {} }, {}, 40);
    play.run(100);
    expect(play.reasons("scaling")).toEqual([
      "15: 4 → 8: HPA: 4 ready at 100 % of 20 % → ⌈20⌉ = 20, policies allow 8",
      "30: 8 → 16: HPA: 8 ready at 50 % of 20 % → ⌈20⌉ = 20, policies allow 16",
      "45: 16 → 20: HPA: 16 ready at 25 % of 20 % → ⌈20⌉ = 20",
    ]);
  });

  test("stops at the most pods", () => {
    const play = scaled({ utilisation: "20 %", max: 6 }, {}, 40);
    play.run(100);
    expect(play.reasons("scaling")).toEqual([
      "15: 4 → 6: HPA: 4 ready at 100 % of 20 % → ⌈20⌉ = 20, at most max(2 · 4, 4) = 8 at once, clamped to 6",
    ]);
  });

  test("counts pods that are starting as idle", () => {
    const play = scaled({ utilisation: "40 %" }, { "start-up": "20 s" }, 40);
    play.run(100);
    // 15: 4 at 100 % want 10, allowed 8; they start until 35.
    // 30: 4 at 100 % and 4 idle: 50 % of 40 %, ⌈1.25 * 8⌉ = 10; two more until 50.
    // 45: the sample of 30 to 45 began before pods 5 to 8 were ready: 4 of 10 busy: on target.
    expect(play.reasons("scaling")).toEqual([
      "15: 4 → 8: HPA: 4 ready at 100 % of 40 % → ⌈10⌉ = 10, at most max(2 · 4, 4) = 8 at once",
      "30: 8 → 10: HPA: 4 ready at 100 % of 40 %, 0 without metric, 4 not ready → ⌈10⌉ = 10",
    ]);
  });

  test("does not look at a pod whose first sample began before it was ready", () => {
    const play = scaled({ utilisation: "20 %" }, { "start-up": "20 s" }, 40);
    play.run(46);
    // Pods 5 to 8 are ready from 35 on and were scraped at 45, for the time from 30.
    expect(play.reasons("scaling").at(-1)).toBe(
      "45: 16 → 20: HPA: 4 ready at 100 % of 20 %, 0 without metric, 12 not ready → ⌈20⌉ = 20",
    );
  });

  test("sees the last scrape and nothing later", () => {
    const play = scaled({ utilisation: "20 %", "metric-interval": "60 s" }, {}, 0);
    for (let call = 0; call < 40; call++) play.ask(59, "web");
    play.run(119);
    // Scraped at 60: busy for one second of 60, 1 %.
    expect(play.fleet("web").desired).toBe(4);
    play.run(121); // 120: the whole minute was busy
    expect(play.fleet("web").desired).toBe(8);
  });
});

describe("shrinking", () => {
  test("waits 300 s from the first decision, and leaves the fewest pods", () => {
    const play = scaled({ utilisation: "50 %", min: 2 }, {}, 0);
    play.run(400);
    expect(play.reasons("scaling")).toEqual([
      "315: 4 → 2: HPA: 4 ready at 0 % of 50 % → ⌈0⌉ = 0, clamped to 2",
    ]);
  });

  test("says what held it", () => {
    const shrink = { window: "45 s", policies: [{ pods: 1, period: "30 s" }] };
    const play = scaled({ utilisation: "50 %", "scale-down": shrink }, {}, 0);
    play.run(120);
    expect(play.reasons("scaling")).toEqual([
      "60: 4 → 3: HPA: 4 ready at 0 % of 50 % → ⌈0⌉ = 0, policies allow 3",
      "90: 3 → 2: HPA: 3 ready at 0 % of 50 % → ⌈0⌉ = 0, policies allow 2",
      "120: 2 → 1: HPA: 2 ready at 0 % of 50 % → ⌈0⌉ = 0, policies allow 1",
    ]);
  });
});

describe("pods that die", () => {
  const dies = [{ kind: "crash", of: "web", at: "20 s" }];

  test("are without metric once they are old enough to be expected to have one", () => {
    // 24 calls: 6 on each pod, 60 % of 60 %. At 30 three of four are on target: nothing to do.
    const options = { utilisation: "60 %", "initialization-period": "1 s" };
    const play = scaled(options, {}, 24, dies);
    play.run(290);
    expect(play.noted("scaling")).toEqual([]);
  });

  test("count as idle where the others want to grow", () => {
    const options = { utilisation: "50 %", "initialization-period": "1 s", tolerance: "30 %" };
    const play = scaled(options, {}, 28, dies); // 7 on each pod: 140 %, past the tolerance at 15
    play.run(31);
    // 15: ⌈1.4 * 4⌉ = 6. At 30: 3 pods at 70 %, two new and idle, one dead: 210 over six is 35 %.
    expect(play.reasons("scaling")).toEqual([
      "15: 4 → 6: HPA: 4 ready at 70 % of 50 % → ⌈5.6⌉ = 6",
    ]);
  });
});

test("utilisation is of cores where steps declare cpu", () => {
  const parts = {
    web: {
      kind: "service",
      slots: 100,
      operations: { go: [{ cpu: "10000 s" }] },
      fleet: { type: "four-core", "start-up": "0 s" },
    },
  };
  const autoscalers = { web: { kind: "kubernetes-hpa", utilisation: "50 %", max: 9 } };
  const play = new Rehearsal(parts, { autoscalers, cores: 4 });
  for (let call = 0; call < 3; call++) play.ask(0, "web.go");
  play.run(16);
  expect(play.reasons("scaling")).toEqual(["15: 1 → 2: HPA: 1 ready at 75 % of 50 % → ⌈1.5⌉ = 2"]);
});
