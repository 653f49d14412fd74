/** What keeps an HPA from acting on little, on nothing, and beyond use: scenarios worked out by hand. */
import { describe, expect, test } from "vitest";
import { simulate } from "../../../src/experiment/replication.ts";
import { loadScenario } from "../../../src/scenario/load.ts";

interface Night {
  /** Calls that come in the first second and stay [calls]. */
  readonly calls: number;
  readonly slots: number;
  readonly instances: number;
  readonly seconds: number;
  readonly scaler: string;
}

function load({ calls, slots, instances, seconds, scaler }: Night) {
  const text = `
title: A second of calls that nobody finishes
run: { duration: ${seconds} s }
workloads:
  all:
    to: web
    arrivals:
      kind: deterministic
      rate: { kind: profile, interpolation: step, points: [[0 s, ${calls} rps], [1 s, 0 rps]] }
parts:
  web:
    kind: service
    slots: ${slots}
    work: 1 h
    fleet: { instances: ${instances}, start-up: 0 s }
autoscalers:
  web: ${scaler}
`;
  return loadScenario({ file: "night.yaml", text, readFile: () => "", set: [], variant: null });
}

function decisions(night: Night): string[] {
  const loaded = load(night);
  if (!loaded.ok) throw new Error(loaded.report({ colour: false }));
  const scaling = simulate(loaded.scenario, 0).journal.filter(({ plane }) => plane === "scaling");
  return scaling.map(({ at, reason }) => `${at / 1e9}: ${reason}`);
}

describe("a tolerance for each direction", () => {
  const sized = (calls: number, behaviour: string) =>
    decisions({
      calls,
      slots: 10,
      instances: 4,
      seconds: 20,
      scaler: `{ kind: kubernetes-hpa, utilisation: 50 %, max: 9, ${behaviour} }`,
    });

  // 28 calls come at 0.52 s on average: 70 % of 40 slots for 14.48 of 15 s. So do 12: 30 %.
  const grown = ["15: 4 → 6: HPA: 4 ready at 67 % of 50 % → ⌈5.4⌉ = 6"];
  const shrunk = ["15: 4 → 3: HPA: 4 ready at 28 % of 50 % → ⌈2.2⌉ = 3"];
  test.each([
    [28, "scale-up: { tolerance: 35 % }", []],
    [28, "scale-up: { tolerance: 33 % }", grown],
    [28, "scale-down: { tolerance: 35 % }", grown],
    [28, "tolerance: 50 %, scale-up: { tolerance: 0 % }", grown],
    [12, "scale-down: { window: 0 s, tolerance: 45 % }", []],
    [12, "scale-down: { window: 0 s, tolerance: 43 % }", shrunk],
    [12, "scale-up: { tolerance: 45 % }, scale-down: { window: 0 s }", shrunk],
  ])("%i calls with %s", (calls, behaviour, wanted) => {
    expect(sized(calls, behaviour)).toEqual(wanted);
  });
});

const waiting = (calls: number, options: string, more: Partial<Night> = {}): Night => ({
  calls,
  slots: 1,
  instances: 1,
  seconds: 20,
  scaler: `{ kind: keda, scale-down: { window: 0 s }, ${options} }`,
  ...more,
});

describe("partitions", () => {
  test("more consumers than partitions are not asked for", () => {
    // One call is served and eight wait: at 2 a consumer that is four, for three partitions three.
    const trigger = "metric: backlog, target: 2";
    expect(decisions(waiting(9, `triggers: [{ ${trigger} }]`))).toEqual([
      "15: 1 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4",
    ]);
    expect(decisions(waiting(9, `triggers: [{ ${trigger}, partitions: 3 }]`))).toEqual([
      "15: 1 → 3: KEDA's HPA: 8 at 2 a pod, counted as 6 for its partitions → ⌈3⌉ = 3",
    ]);
    expect(decisions(waiting(9, `triggers: [{ ${trigger}, partitions: 4 }]`))).toHaveLength(1);
  });

  test("are of a metric that consumers share", () => {
    const loaded = load(waiting(9, "triggers: [{ metric: latency, target: 1 s, partitions: 3 }]"));
    if (loaded.ok) throw new Error("accepted");
    const messages = loaded.issues.map(({ message }) => message);
    expect(messages).toContain(
      "latency is not shared out among consumers; expected backlog or another total",
    );
  });
});

describe("a fallback", () => {
  // The first scrape is at 60 s; until then the decisions at 15, 30 and 45 s and the poll at 30 s find
  // nothing to read. The poll at 30 s comes before the decision; that at the start reads nothing.
  const blind = (threshold: number, behaviour: string, instances: number) =>
    waiting(
      9,
      `triggers: [{ metric: in-flight, target: 2 }], metric-interval: 60 s,
      fallback: { failure-threshold: ${threshold}, replicas: 4, behaviour: ${behaviour} }`,
      { instances, seconds: 50 },
    );

  test("stands in for a trigger once more readings are missing than may be, until there is one", () => {
    expect(decisions({ ...blind(2, "static", 1), seconds: 80 })).toEqual([
      "30: 1 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4",
      "60: 4 → 5: KEDA's HPA: 9 at 2 a pod → ⌈4.5⌉ = 5",
    ]);
    expect(decisions(blind(0, "static", 1))).toEqual([
      "15: 1 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4",
    ]);
    expect(decisions(blind(3, "static", 1))).toEqual([
      "45: 1 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4",
    ]);
    expect(decisions(blind(4, "static", 1))).toEqual([]);
  });

  const grown = ["30: 1 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4"];
  const shrunk = ["30: 6 → 4: KEDA's HPA: 8 at 2 a pod → ⌈4⌉ = 4"];
  test.each([
    ["static", grown, shrunk],
    ["current-replicas", [], []],
    ["current-replicas-if-higher", grown, []],
    ["current-replicas-if-lower", [], shrunk],
  ])("%s", (behaviour, fromOne, fromSix) => {
    expect(decisions(blind(2, behaviour, 1))).toEqual(fromOne);
    expect(decisions(blind(2, behaviour, 6))).toEqual(fromSix);
  });

  // The call does not end, so that there is no latency: 1 s × 4 / 1 ready are four times the target.
  test("stands in for a value of the whole part too", () => {
    const trigger = "triggers: [{ metric: latency, target: 1 s }], min: 1";
    const fallback = "fallback: { failure-threshold: 0, replicas: 4 }";
    const [first] = decisions(waiting(1, `${trigger}, ${fallback}`));
    expect(first).toMatch(/^15: 1 → 4: KEDA's HPA: /);
  });

  test("needs a trigger that is not utilisation", () => {
    const fallback = "fallback: { failure-threshold: 3, replicas: 4 }";
    const triggers = "triggers: [{ metric: utilisation, target: 50 % }], min: 1";
    const loaded = load(waiting(9, `${triggers}, ${fallback}`));
    if (loaded.ok) throw new Error("accepted");
    expect(loaded.issues.map(({ message }) => message)).toContain(
      "no trigger would fall back: that needs one that is not utilisation, such as requests or backlog",
    );
  });
});
