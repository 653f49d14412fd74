/** Results made by hand, whose causes are known, and the sentences that tell them. */
import { expect, test } from "vitest";
import { resultSchema, type EventResult, type Result } from "../../src/experiment/result.ts";
import { whyOf, whyTerminal } from "../../src/report/why/why.ts";
import { sampleResult } from "./sample.ts";

type PartWindows = Result["windows"]["parts"][string];

const COUNT = 8;
const steady = (value: number) => Array.from({ length: COUNT }, () => value);
const nothing = Array.from({ length: COUNT }, () => null);

/** Ten calls a second at a part that could complete twenty, all of them answered at once. */
function calm(more: Partial<PartWindows> = {}): PartWindows {
  return {
    arrivals: steady(10),
    ok: steady(10),
    failed: steady(0),
    failures: {},
    capacity: steady(20),
    utilisation: steady(0.5),
    queueLength: steady(0),
    waitingTime: steady(0),
    serviceTime: steady(0.1),
    hitRatio: nothing,
    instances: { ready: steady(2) },
    ...more,
  };
}

interface Story {
  readonly parts: Readonly<Record<string, PartWindows>>;
  /** Requests born in each window [1/s], and of those that end, the failures. */
  readonly arrivals?: readonly number[];
  readonly failed?: readonly number[];
  readonly attempts?: readonly number[];
  readonly p99?: readonly number[];
  readonly events?: readonly Partial<EventResult>[];
  readonly bottleneck?: Result["bottleneck"];
  readonly replications?: number;
}

/** Eighty seconds from midnight in windows of ten, the first of them warm-up. */
function told(story: Story): Result {
  const sample = sampleResult({ replications: story.replications ?? 1 });
  const arrivals = [...(story.arrivals ?? steady(10))];
  const failed = story.failed ?? steady(0);
  const all = {
    ...sample.windows.classes["all"]!,
    arrivals,
    goodput: arrivals.map((each, at) => each - failed[at]!),
    failed: { error: [...failed] },
    attempts: [...(story.attempts ?? arrivals)],
    p99: [...(story.p99 ?? steady(0.1))],
  };
  return resultSchema.parse({
    ...sample,
    run: { ...sample.run, duration: 80, warmUp: 10, clock: "2026-11-11T00:00:00+08:00" },
    objectives: [{ ...sample.objectives[1]!, name: "p99 below 800 ms", of: null }],
    bottleneck: story.bottleneck ?? null,
    parts: Object.keys(story.parts).map((name) => ({ ...sample.parts[0]!, name })),
    edges: [
      { kind: "workload", from: "shoppers", to: "edge" },
      { kind: "part", from: "edge", to: "web" },
      { kind: "part", from: "web", to: "stock" },
    ],
    windows: {
      length: 10,
      start: Array.from({ length: COUNT }, (_, at) => at * 10),
      classes: { all, shoppers: all },
      parts: story.parts,
    },
    events: (story.events ?? []).map((event) => ({
      replication: 0,
      plane: "fate",
      part: null,
      instance: null,
      reason: "",
      until: null,
      ...event,
    })),
  });
}

const sentences = (result: Result) => whyOf(result).causes.map(({ sentence }) => sentence);

test("a rush over a part's capacity is told from the arrivals to the recovery", () => {
  const rush = told({
    arrivals: [10, 10, 40, 40, 40, 10, 10, 10],
    failed: [0, 0, 0, 12, 20, 0, 0, 0],
    attempts: [10, 10, 40, 60, 80, 10, 10, 10],
    p99: [0.1, 0.1, 0.1, 0.9, 1.2, 0.1, 0.1, 0.1],
    parts: {
      web: calm({
        arrivals: [10, 10, 40, 60, 80, 10, 10, 10],
        ok: [10, 10, 20, 20, 20, 10, 10, 10],
        failed: [0, 0, 0, 30, 60, 0, 0, 0],
        failures: { dropped: [0, 0, 0, 30, 60, 0, 0, 0] },
        utilisation: [0.5, 0.5, 1, 1, 1, 0.5, 0.2, 0.2],
        queueLength: [0, 0, 50, 100, 100, 0, 0, 0],
        instances: { ready: [2, 2, 2, 2, 2, 5, 5, 5] },
        capacity: [20, 20, 20, 20, 20, 50, 50, 50],
      }),
    },
    events: [
      { plane: "scaling", part: "web", what: "scale out", at: 35, reason: "2 → 4: HPA" },
      { plane: "fleet", part: "web", instance: "web-3", what: "launch", at: 35 },
      { plane: "fleet", part: "web", instance: "web-4", what: "launch", at: 35 },
      { plane: "fleet", part: "web", instance: "web-3", what: "ready", at: 48 },
      { plane: "fleet", part: "web", instance: "web-4", what: "ready", at: 51.9 },
      { plane: "scaling", part: "web", what: "scale out", at: 49, reason: "4 → 5: HPA" },
      { plane: "fleet", part: "web", instance: "web-5", what: "launch", at: 49 },
    ],
  });
  expect(sentences(rush)).toEqual([
    [
      "00:00:20 arrivals of 40/s pass web's capacity of 20/s (before: 10/s of 20/s)",
      "00:00:30 web's queue is full",
      "00:00:30 up to 75.0 % of web's calls are dropped",
      "00:00:30 clients send up to 2.0 attempts for a request",
      "00:00:30 p99 below 800 ms does not hold: up to 1.2 s",
      "00:00:30 up to 50.0 % of requests fail",
      "00:00:35 scale out 2 → 4: HPA, ready at 00:00:51",
      "00:00:49 scale out 4 → 5: HPA, 0 of 1 new instances ready by the end of the run",
      "00:00:50 web has recovered.",
    ].join(" → "),
  ]);
});

test("a slow store is the cause, and the parts that wait for it are effects", () => {
  const storm = told({
    failed: [0, 0, 0, 0, 10, 10, 10, 10],
    parts: {
      edge: calm({
        capacity: nothing,
        utilisation: nothing,
        ok: [10, 10, 10, 10, 0, 0, 0, 0],
        failed: [0, 0, 0, 0, 10, 10, 10, 10],
        failures: { error: [0, 0, 0, 0, 10, 10, 10, 10] },
      }),
      web: calm({ utilisation: [0.5, 0.5, 0.5, 1, 1, 1, 1, 1] }),
      stock: calm({
        arrivals: [10, 10, 10, 30, 30, 30, 30, 30],
        capacity: [20, 20, 20, 5, 20, 20, 20, 20],
        serviceTime: [0.1, 0.1, 0.1, 0.4, 0.1, 0.1, 0.1, 0.1],
        utilisation: [0.5, 0.5, 0.5, 1, 1, 1, 1, 1],
        queueLength: [0, 0, 0, 250, 400, 600, 900, 1200],
      }),
    },
    events: [{ part: "stock", what: "slow", at: 30, until: 40, reason: "4 times" }],
  });
  expect(sentences(storm)).toEqual([
    [
      "00:00:30 slow of stock (4 times)",
      "00:00:30 arrivals of 30/s pass stock's capacity of 5/s (before: 10/s of 20/s; 1.0 calls for a request, now 3.0; a call took 100 ms, now 400 ms)",
      "00:00:30 up to 1,200 calls wait in stock's queue",
      "00:00:30 web is up to 100 % busy waiting",
      "00:00:40 up to 100 % of edge's calls fail",
      "00:00:40 up to 100 % of requests fail",
      "00:00:40 slow of stock is over",
      "no recovery by the end of the run.",
    ].join(" → "),
  ]);
});

test("a crash that leaves too few is told with the instances that are left", () => {
  const crash = told({
    parts: {
      web: calm({
        arrivals: steady(15),
        ok: [15, 15, 15, 8, 10, 15, 15, 15],
        failed: [0, 0, 0, 2, 0, 0, 0, 0],
        failures: { lost: [0, 0, 0, 2, 0, 0, 0, 0] },
        capacity: [20, 20, 20, 10, 10, 20, 20, 20],
        utilisation: [0.75, 0.75, 0.75, 1, 1, 0.75, 0.75, 0.75],
        instances: { ready: [2, 2, 2, 1, 1, 2, 2, 2] },
      }),
    },
    events: [
      { part: "web", instance: "web-1", what: "crash", at: 31.5, until: 50, reason: "repaired" },
    ],
  });
  expect(sentences(crash)).toEqual([
    [
      "00:00:31 crash of web-1 (repaired)",
      "00:00:30 arrivals of 15/s pass web's capacity of 10/s (before: 15/s of 20/s; 2 instances ready, now 1)",
      "00:00:30 up to 20.0 % of web's calls are lost",
      "00:00:50 web has recovered.",
    ].join(" → "),
  ]);
});

test("a burst is told from its beginning, not from the window in which it has filled the part", () => {
  const burst = told({
    arrivals: [30, 10, 25, 40, 10, 10, 10, 10],
    parts: {
      web: calm({
        arrivals: [30, 10, 25, 40, 10, 10, 10, 10],
        utilisation: [0.5, 0.5, 0.7, 0.9, 1, 1, 0.5, 0.5],
        queueLength: [0, 0, 0.5, 40, 100, 20, 0, 0],
      }),
    },
  });
  expect(sentences(burst)).toEqual([
    [
      "00:00:20 arrivals of 25/s pass web's capacity of 20/s (before: 10/s of 20/s)",
      "00:00:30 up to 100 calls wait in web's queue",
      "00:01:00 web has recovered.",
    ].join(" → "),
  ]);
});

test("trouble in the warm-up is not told, and a fault that nothing followed is named as such", () => {
  const quiet = told({
    parts: { web: calm({ utilisation: [1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5] }) },
    events: [
      { part: "web", instance: "web-1", what: "crash", at: 5, reason: "early" },
      { part: "web", instance: "web-2", what: "crash", at: 45, reason: "late" },
    ],
  });
  const why = whyOf(quiet);
  expect(why.causes).toEqual([]);
  expect(why.unfelt).toEqual([{ at: 45, words: "crash of web-2 (late)" }]);
  expect(whyTerminal(quiet, why, { colour: false, width: 100 })).toContain(
    "00:00:45  crash of web-2 (late): no part ran out or failed after it",
  );
});

test("trouble that comes back within thirty seconds is the same, later it is another", () => {
  const twice = (gap: readonly number[]) =>
    whyOf(told({ parts: { web: calm({ utilisation: [0.5, 1, ...gap] }) } })).causes.map(
      ({ at, until }) => [at, until],
    );
  expect(twice([0.5, 0.5, 1, 0.5, 0.5, 0.5])).toEqual([[10, 50]]);
  expect(twice([0.5, 0.5, 0.5, 1, 0.5, 0.5])).toEqual([
    [10, 20],
    [50, 60],
  ]);
});

test("headroom is the least capacity over arrivals of the measured windows, the scarcest part first", () => {
  const { headroom } = whyOf(
    told({
      parts: {
        web: calm({ arrivals: [100, 10, 16, 10, 10, 10, 10, 10] }),
        stock: calm({ arrivals: [10, 10, 10, 10, 40, 10, 10, 10] }),
        edge: calm({ capacity: nothing }),
        mail: calm({ capacity: [20, 20, 20, 0, 20, 20, 20, 20] }),
      },
    }),
  );
  expect(headroom.map(({ sentence }) => sentence)).toEqual([
    "mail has no instance ready at 00:00:30, where 10/s arrive",
    "stock is past its capacity, 2.0 times of it at 00:00:40: 40/s arrive where 20/s can be completed",
    "web reaches its capacity at 1.3 times this traffic; at 00:00:20 16/s arrive where 20/s can be completed",
  ]);
});

test("the bottleneck comes with the utilisation law's word on it", () => {
  const bottleneck = {
    part: "web",
    at: 20,
    evidence: "ran-out",
    sentence: "web ran out.",
  } as const;
  const why = whyOf(
    told({ bottleneck, parts: { web: calm({ arrivals: [10, 10, 30, 10, 10, 10, 10, 10] }) } }),
  );
  expect(why.bottleneck).toEqual({
    ...bottleneck,
    law: "By the utilisation law: 30/s arrived where 20/s could be completed, a demand of 1.5 times its capacity.",
  });
});

test("latency is spent where the calls of a request wait and are served", () => {
  const sample = sampleResult();
  const spent = (name: string, calls: number, wait: number, service: number) => {
    const part = sample.parts.find((one) => one.resource !== null)!;
    const clock = (mean: number) => ({ ...part.waitingTime!, count: calls, mean, p99: 5 * mean });
    return {
      ...part,
      name,
      calls: { ...part.calls, arrived: calls },
      waitingTime: clock(wait),
      serviceTime: clock(service),
    };
  };
  const classes = [{ ...sample.classes[0]!, generated: 1000 }];
  // Two calls of 30 ms in the queue for each request at stock, half a call of 40 ms at web.
  const parts = [spent("web", 500, 0.04, 0.1), spent("stock", 2000, 0.03, 0.02)];
  const latency = { ...sample.total.latency, p50: 0.1, p99: 0.8 };
  const total = { ...sample.total, latency };
  const why = whyOf({ ...sample, classes, parts, total });
  expect(why.latency.parts).toEqual([
    { part: "stock", visits: 2, waiting: 0.06, serving: 0.04, waitingP99: 0.15, servingP99: 0.1 },
    { part: "web", visits: 0.5, waiting: 0.02, serving: 0.05, waitingP99: 0.2, servingP99: 0.5 },
  ]);
  expect(why.latency.sentences).toEqual([
    "A request takes 100 ms in the median and 800 ms at the 99th percentile; 75.0 % of its waiting is in stock's queue, 60.0 ms on average.",
    "Of the slowest 1 % of calls at each part, those at web wait longest: 200 ms or more.",
  ]);
});

test("what it assumes stands below, and nothing a stranger wrote paints the terminal", () => {
  const result = sampleResult({ title: "bell \u0007 and [31mred", replications: 10 });
  const text = whyTerminal(result, whyOf(result), { colour: false, width: 80 });
  expect(text).not.toMatch(/[\u0007\u001b]/);
  expect(text).toContain("events are those of the first");
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});
