/** Several autoscalers of one part: who is heard, and what the others would have done. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { sentence, sorted } from "../../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../../src/scenario/load.ts";

/** Eight calls a second by clockwork on some instances of one slot: two a second each on four. */
const night = (autoscalers: string, { instances = 4, work = "10 ms", duration = "400 s" } = {}) => `
title: A till that several size
run: { duration: ${duration} }
workloads: { shoppers: { to: till, arrivals: { kind: deterministic, rate: 8 rps } } }
parts:
  till: { kind: service, slots: 1, work: ${work}, fleet: { instances: ${instances}, start-up: 0 s } }
autoscalers: { till: [${autoscalers}] }
`;

const decisions = async (yaml: string) =>
  (await run(yaml)).events
    .filter(({ plane }) => plane === "scaling")
    .map(({ at, what, reason }) => `${at} ${what}: ${reason}`);

// The till is idle, so that the HPA would always have its least, at once.
test("a schedule is a floor under an HPA, and lowering it leaves the rest to the HPA", async () => {
  const found = await decisions(
    night(`
      { kind: schedule, at: [[20 s, 6], [100 s, 1]] },
      { kind: kubernetes-hpa, utilisation: 60 %, min: 2, max: 5, scale-down: { window: 0 s } }
    `),
  );
  expect(found.map((each) => each.replace(/HPA: .*/, "…"))).toEqual([
    "15 scale in: 4 → 2: kubernetes-hpa: …",
    "20 scale out: 2 → 6: schedule: schedule",
    "100 floor: schedule: at least 1: schedule",
    // Six are above its max, which is its bound again.
    "105 scale in: 6 → 2: kubernetes-hpa: …",
  ]);
});

// Ten instances, one policy adds three, the other 200 percent: thirty, as the API reference has it.
test("of two that ask at the same instant the one that asks for most is heard", async () => {
  const policy = (step: string) =>
    `{ kind: step-scaling, max: 40, period: 60 s, policies: [{ metric: requests, above: 0.1 rps, periods: 1, steps: [{ ${step} }] }] }`;
  const found = await decisions(
    night(`${policy("change: 3")}, ${policy("percent: 200")}`, { instances: 10, duration: "70 s" }),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(
    /^60 scale out: 10 → 30: step-scaling \(2\): .*; step-scaling \(1\) asks for 13$/,
  );
});

const tracking = (metric: string, target: string) =>
  `{ kind: target-tracking, metric: ${metric}, target: ${target}, min: 1, max: 9, periods-in: 2, warm-up: 0 s, period: 60 s }`;
const both = `${tracking("requests", "5 rps")}, ${tracking("utilisation", "50 %")}`;

// Two of 5 rps: ⌈4 × 2 / 5⌉ = 2 would do. 2 × 240 ms are 48 %, above the mark of 45 %.
test("target tracking does not shrink while another one is not ready to", async () => {
  expect(await decisions(night(both, { work: "240 ms" }))).toEqual([
    "120 not heeded: target-tracking (1) would shrink, target-tracking (2) would not: asked for 2",
  ]);
});

// 2 × 150 ms are 30 %: ⌈4 × 30 / 50⌉ = 3. With three, 2.67 rps and 40 %: ⌈2.4⌉ = 3 is what there is.
test("target tracking shrinks when all agree, to the most that any asks for", async () => {
  const found = await decisions(night(both, { work: "150 ms", duration: "310 s" }));
  expect(found[0]).toMatch(
    /^120 scale in: 4 → 3: target-tracking \(2\): utilisation 30 % of 50 %.*; target-tracking \(1\) asks for 2$/,
  );
  expect(found.filter((each) => each.includes("scale "))).toHaveLength(1);
});

// As above, but the one looks 30 s after the other: its wish of 30 s ago still counts.
test("a wish to shrink counts until the next look", async () => {
  const late = tracking("requests", "5 rps").replace("period: 60 s", "period: 50 s");
  const found = await decisions(
    night(`${late}, ${tracking("utilisation", "50 %")}`, { work: "150 ms", duration: "130 s" }),
  );
  // The first is ready at 100 and waits for the second, which is at 120.
  expect(found.map((each) => each.replace(/: utilisation.*/, ""))).toEqual([
    "100 not heeded: target-tracking (1) would shrink, target-tracking (2) would not: asked for 2",
    "120 scale in: 4 → 3: target-tracking (2)",
  ]);
});

// The first is at 2 of 5 rps until 150 s and then at 4.75, above its mark of 4.5: it last asks at
// 180 s. The second, always idle, asks after its fifth period, when that wish is two minutes old.
test("a wish to shrink that is not renewed counts no more", async () => {
  const patient = tracking("utilisation", "50 %").replace("periods-in: 2", "periods-in: 5");
  const points = "[[0 s, 8 rps], [150 s, 8 rps], [150 s, 19 rps], [350 s, 19 rps]]";
  const yaml = night(`${tracking("requests", "5 rps")}, ${patient}`, { duration: "350 s" });
  const found = await decisions(yaml.replace("8 rps", `{ kind: profile, points: ${points} }`));
  expect(found).toEqual([
    "120 not heeded: target-tracking (1) would shrink, target-tracking (2) would not: asked for 2",
    "300 not heeded: target-tracking (2) would shrink, target-tracking (1) would not: asked for 1",
  ]);
});

// The API reference warns of it: what a step policy takes away, target tracking may bring back.
test("a step policy shrinks without waiting for target tracking", async () => {
  const step =
    "{ kind: step-scaling, min: 1, max: 9, warm-up: 0 s, period: 60 s, policies: [{ metric: requests, below: 3 rps, periods: 1, steps: [{ change: -1 }] }] }";
  const found = await decisions(
    night(`${step}, ${tracking("utilisation", "50 %")}`, { work: "240 ms", duration: "70 s" }),
  );
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^60 scale in: 4 → 3: step-scaling: /);
});

// 12 rps were forecast at 2 rps each, six instances, and 6 rps for the second interval.
test("a forecast is a floor that rises and falls, and target tracking does the rest", async () => {
  const points = "[[0 s, 12 rps], [99999 ms, 12 rps], [100 s, 6 rps], [200 s, 6 rps]]";
  const forecast = `{ kind: predictive, history: { kind: profile, points: ${points} }, history-length: 200 s, season: 200 s, every: 100 s, ahead: 0 s, method: seasonal-naive, capacity: 2 rps, headroom: 0 %, min: 1, max: 9 }`;
  const found = await decisions(
    night(`${forecast}, ${tracking("requests", "5 rps")}`, { duration: "190 s" }),
  );
  const sizes = found.filter((each) => !each.includes("forecast: forecast"));
  expect(sizes.map((each) => each.replace(/: (forecast|requests) .*/, ""))).toEqual([
    "0 scale out: 4 → 6: predictive",
    "100 floor: predictive: at least 3",
    // Six with 1.33 rps for two periods: ⌈6 × 1.33 / 5⌉ = 2, and the floor is three.
    "120 scale in: 6 → 3: target-tracking",
  ]);
});

test("what cannot share a part is told at its place", () => {
  const yaml = `\
title: Too many cooks
run: { duration: 100 s }
workloads: { shoppers: { to: a, arrivals: { rate: 1 rps } } }
parts:
  a: { kind: service, slots: 1, work: 1 s }
  b: { kind: service, slots: 1, work: 1 s }
  c: { kind: service, slots: 1, work: 1 s }
autoscalers:
  a:
    - { kind: kubernetes-hpa, utilisation: 60 %, max: 9 }
    - { kind: target-tracking, target: 60 %, max: 9 }
  b:
    - { kind: target-tracking, target: 60 %, max: 9 }
    - { kind: schedule, at: [[1 s, 20]] }
    - { kind: step-scaling, max: 12, policies: [{ above: 60 %, steps: [{ change: 1 }] }] }
  c:
    - { kind: schedul, at: [[1 s, 20]] }
    - { kind: target-tracking, target: 60 %, max: nine }
`;
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const loaded = checkScenarioFile({
    file: "n.yaml",
    text: yaml,
    readFile,
    set: [],
    variant: null,
  });
  const said = loaded.ok
    ? []
    : sorted(loaded.issues).map((issue) => {
        const { place } = issue;
        return `${"line" in place ? `${place.line}:${place.column}` : place.flag}: ${sentence(issue)}`;
      });
  expect(said).toEqual([
    "10:15: autoscalers.a.0.kind: kubernetes-hpa decides by itself; expected schedules or forecasts beside it, or all it goes by inside it",
    "15:7: autoscalers.b.2: one group has one least and one most; expected min 1 and max 9 as in the first",
    '17:15: autoscalers.c.0.kind: no autoscaler "schedul"; did you mean "schedule"?',
    '18:51: autoscalers.c.1.max: "nine" is not understood; expected a whole number such as 12 or 200k',
  ]);
});
