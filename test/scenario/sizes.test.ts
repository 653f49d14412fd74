import { expect, test } from "vitest";
import { scenarioSchema } from "../../src/scenario/language.ts";
import { FilesBeside } from "../../src/scenario/files.ts";
import { checkNumbers, checkSizes, MOST_PARTS, MOST_WORKLOADS } from "../../src/scenario/sizes.ts";

interface Changes {
  readonly run?: object;
  readonly arrivals?: object;
  readonly mix?: object;
  readonly parts?: object;
  readonly autoscalers?: object;
  readonly nodes?: object;
  readonly rollouts?: readonly object[];
}

function scenario({ run, arrivals, mix, parts, autoscalers = {}, ...more }: Changes = {}) {
  return scenarioSchema.parse({
    title: "Sizes",
    run: { duration: "100 s", ...run },
    workloads: {
      all: { to: "web", arrivals: { rate: "50 rps", ...arrivals }, ...(mix && { mix }) },
    },
    parts: { web: { kind: "service", slots: 1, work: "1 ms" }, ...parts },
    autoscalers,
    ...more,
  });
}

const said = (changes: Changes) =>
  checkSizes(scenario(changes), new FilesBeside()).map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

const fleet = (instances: number) => ({
  kind: "service",
  slots: 1,
  work: "1 ms",
  fleet: { instances },
});

test("an ordinary scenario asks for nothing too large", () => {
  expect(said({})).toEqual([]);
});

test("exactly 100,000 instances are allowed, one more is not", () => {
  expect(said({ parts: { web: fleet(60_000), app: fleet(40_000) } })).toEqual([]);
  expect(said({ parts: { web: fleet(60_001), app: fleet(40_000) } })).toEqual([
    "parts.web: the fleets may grow to 100,001 instances; expected at most 100,000 in all",
  ]);
});

test("a fleet counts as large as its autoscaler may make it", () => {
  const grown = { kind: "kubernetes-hpa", utilisation: "60 %", max: 60_000 };
  const planned = { kind: "schedule", at: [["10 s", 60_000]] };
  for (const scaler of [grown, planned])
    expect(said({ parts: { app: fleet(50_000) }, autoscalers: { web: scaler } })).toEqual([
      "parts.web: the fleets may grow to 110,000 instances; expected at most 100,000 in all",
    ]);
});

test("a rollout's surge and second fleet count, only the larger of two that follow each other", () => {
  // With the one of web: 50,000 and 49,999 more are 100,000.
  const parts = { app: fleet(50_000) };
  const rolling = { kind: "rolling", of: "app", at: "1 s" };
  const blueGreen = { kind: "blue-green", of: "app", at: "50 s" };
  const surge = { ...rolling, "surge-instances": 49_999 };
  const canary = { ...surge, kind: "canary", steps: [{ weight: "10 %", for: "1 s" }] };
  const tooMany = [
    "parts.app: the fleets may grow to 100,001 instances; expected at most 100,000 in all",
  ];
  expect(said({ parts, rollouts: [rolling, surge] })).toEqual([]);
  expect(said({ parts, rollouts: [canary] })).toEqual([]);
  expect(said({ parts, rollouts: [rolling, blueGreen] })).toEqual(tooMany);
  expect(said({ parts, rollouts: [{ ...canary, "surge-instances": 50_000 }] })).toEqual(tooMany);
});

test("nodes count, as many as their scaler may launch", () => {
  const parts = { app: fleet(90_000) };
  const pools = (max: number) => ({
    fixed: { cores: 4, nodes: 999 },
    grown: { cores: 4, scaler: { kind: "cluster-autoscaler", max } },
  });
  expect(said({ parts, nodes: pools(9_000) })).toEqual([]); // and the one of web
  expect(said({ parts, nodes: pools(9_001) })).toEqual([
    "parts.app: the fleets may grow to 100,001 instances; expected at most 100,000 in all",
  ]);
  const many = Array.from({ length: 11 }, (_, pool) => [`p${pool}`, { nodes: 9_999 }]);
  expect(said({ nodes: Object.fromEntries(many) as object })).toEqual([
    "nodes.p0: the fleets may grow to 109,990 instances; expected at most 100,000 in all",
  ]);
});

test("exactly as many requests as events are allowed, in a formula as in a constant rate", () => {
  const limits = { events: 5000 };
  expect(said({ run: { limits } })).toEqual([]); // 50 rps for 100 s
  const twice = { kind: "formula", of: "t", unit: "rps" }; // 100² / 2 = 5,000 too
  expect(said({ run: { limits }, arrivals: { rate: twice } })).toEqual([]);
  expect(said({ run: { limits }, arrivals: { rate: "51 rps" } })).toEqual([
    "workloads.all.arrivals.rate: about 5.1e+3 requests are expected in one run; expected at most 5,000: lower the rate, shorten the run, or raise run.limits.events",
  ]);
});

test("windows, classes, parts and replications are counted together", () => {
  // 1,000 windows of one class and one part
  expect(said({ run: { window: "100 ms", replications: 1000 } })).toEqual([]);
  expect(said({ run: { window: "100 ms", replications: 1001 } })).toEqual([
    "run: 1,000 windows of 2 classes and parts in 1,001 replications are 2,002,000 measurements; expected at most 2,000,000: ask for fewer replications or longer windows",
  ]);
  expect(said({ run: { window: "1 ms" } })).toEqual([
    "run.window: the run has 100,000 windows; expected at most 50,000: make them longer",
  ]);
});

test("items by Zipf's law share one gibibyte", () => {
  const classes = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `c${index}`,
        { share: `${100 / count} %`, keys: { kind: "zipf", items: 10_000_000 } },
      ]),
    );
  expect(said({ mix: classes(13) })).toEqual([]); // 1,040 MB
  expect(said({ mix: classes(14) })).toHaveLength(1); // 1,120 MB
});

test("parts and workloads beyond what anybody draws are counted first", () => {
  const web = { kind: "service", slots: 1, work: "1 ms" };
  const parts = (count: number) =>
    scenario({
      parts: Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, web])),
    });
  expect(checkNumbers(parts(MOST_PARTS - 1))).toEqual([]); // and web
  expect(checkNumbers(parts(MOST_PARTS))).toEqual([
    { path: ["parts"], message: "found 1,001; expected at most 1,000" },
  ]);
  const { workloads, ...rest } = scenario();
  const many = Array.from({ length: MOST_WORKLOADS + 1 }, (_, at) => [`w${at}`, workloads["all"]!]);
  expect(
    checkNumbers({ ...rest, workloads: Object.fromEntries(many) as typeof workloads }),
  ).toEqual([{ path: ["workloads"], message: "found 101; expected at most 100" }]);
});
