/** Autoscalers as a user meets them: written in YAML, run, read in the result. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { sentence, sorted } from "../../../src/scenario/diagnostics.ts";
import { checkScenarioFile } from "../../../src/scenario/load.ts";

const scaling = async (yaml: string, variant: string | null = null) => {
  const { events, cost } = await run(yaml, variant === null ? {} : { variant });
  const decisions = events
    .filter(({ plane }) => plane === "scaling")
    .map(({ at, reason }) => `${at}: ${reason}`);
  return { decisions, cost: Number(cost.total) };
};

const night = `\
title: A till that is scaled
run: { duration: 200 s, clock: 2026-11-10T23:58:01+08:00 }
workloads:
  shoppers: { to: till, arrivals: { kind: deterministic, rate: 8.3 rps } }
parts:
  till:
    kind: service
    slots: 4
    work: 10 ms
    fleet: { type: box, instances: 4, start-up: 0 s }
cost: { prices: { box: { price: 3.6 USD/hour } } }
`;

test("the worked example of the HPA: three times the target at four pods is 8, then 12", async () => {
  // 6 rps at four pods are 1.5 of 0.5 each; at eight 0.75; at twelve 0.5.
  const { decisions } = await scaling(`${night.replace("rate: 8.3 rps", "rate: 6 rps")}
autoscalers:
  till: { kind: kubernetes-hpa, max: 40, metrics: [{ metric: requests, target: 0.5 rps }] }
`);
  expect(decisions).toEqual([
    "15: 4 → 8: HPA: 4 ready at 1.5 rps of 0.5 rps → ⌈11.9⌉ = 12, at most max(2 · 4, 4) = 8 at once",
    "30: 8 → 12: HPA: 8 ready at 0.8 rps of 0.5 rps → ⌈12⌉ = 12",
  ]);
});

test("two policies cost apart exactly what the instances cost by which they differ", async () => {
  const varied = `${night}
variants:
  steady: {}
  ahead: { autoscalers.till: { kind: schedule, at: [[20 s, 6]], cron: [["0 0 * * *", 1]] } }
  late: { autoscalers.till: { kind: schedule, at: [[60 s, 5]] } }
`;
  const cost = async (variant: string) => (await scaling(varied, variant)).cost;
  const [steady, ahead, late] = [await cost("steady"), await cost("ahead"), await cost("late")];
  const second = 3.6 / 3600;
  expect(steady).toBeCloseTo(4 * 200 * second, 9);
  // Two more from 20 s to midnight, at 119 s; from then on three fewer, each idle at that instant.
  expect(ahead - steady).toBeCloseTo((2 * (119 - 20) - 3 * (200 - 119)) * second, 9);
  expect(late - steady).toBeCloseTo((200 - 60) * second, 9);
});

test("what cannot be meant is told at its place", () => {
  const wrong = `\
title: Autoscalers that cannot be meant
run: { duration: 100 s }
workloads:
  shoppers: { to: a, arrivals: { rate: 1 rps } }
parts:
  a: { kind: service, slots: 1, work: 1 s }
  b: { kind: service, slots: 1, work: 1 s }
  c: { kind: service, slots: 1, work: 1 s }
  d: { kind: service, slots: 1, work: 1 s }
  e: { kind: service, slots: 1, work: 1 s }
  f: { kind: service, slots: 1, work: 1 s }
  g: { kind: service, slots: 1, work: 1 s }
  h: { kind: service, slots: 1, work: 1 s }
autoscalers:
  a: { kind: kubernetes-hpa, max: 9, metrics: [{ metric: requests, target: 60 % }] }
  b: { kind: threshold, metric: { kind: utilisation, of: disk }, min: 9, max: 5 }
  c: { kind: schedule, cron: [["0 25 * * *", 3]] }
  d: { kind: schedule, dates: [["2026-11-11T00:00:00Z", 3]] }
  e: { kind: keda, triggers: [{ metric: utilisation, target: 60 % }] }
  f: { kind: step-scaling, max: 9, policies: [{ above: 60 %, below: 30 %, steps: [{ change: 1 }] }] }
  g: { kind: target-tracking, max: 9, metric: { kind: requests, per: total }, target: 5 rps }
  h: { kind: formula, max: 9, instances: "rsp / 3" }
`;
  const readFile = (): string => {
    throw new Error("there are no files");
  };
  const checked = (written: string) => {
    const loaded = checkScenarioFile({
      file: "night.yaml",
      text: written,
      readFile,
      set: [],
      variant: null,
    });
    if (loaded.ok) return expect.fail("the scenario has mistakes");
    return sorted(loaded.issues).map((issue) => sentence(issue));
  };
  expect(checked(wrong)).toEqual([
    'autoscalers.c.cron.0.0: "0 25 * * *" is not a cron pattern (Invalid value for hour: 25)',
    'autoscalers.h.instances: no name "rsp" in a formula; did you mean "rps"?',
  ]);
  const mended = wrong.replace("0 25 *", "0 5 *").replace("rsp", "rps");
  expect(checked(mended)).toEqual([
    'autoscalers.a.metrics.0.target: "60 %" is a share; expected a rate such as 800 rps or 50/min',
    "autoscalers.b.metric: no step uses the disk of an instance, so it is never measured; expected `disk` steps, or utilisation of slots",
    "autoscalers.b.min: 9 instances at least and 5 at most leave no choice",
    "autoscalers.c.cron: nobody says what time of day it is; expected `run.clock`, what a clock on the wall shows at the start",
    "autoscalers.d.dates: nobody says what time of day it is; expected `run.clock`, what a clock on the wall shows at the start",
    "autoscalers.e.triggers: nothing would wake it: without instances there is no utilisation or latency; expected another trigger, or `min: 1`",
    "autoscalers.f.policies.0: an alarm has either `above` or `below`",
    "autoscalers.g.metric: a total does not fall as instances are added; expected one for each instance",
  ]);
});
