/** Stories without luck, worked by hand: every number must be the very one. */
import { SECOND } from "../../../src/kernel/time.ts";
import { desiredPods } from "../../../src/model/autoscalers/hpaArithmetic.ts";
import {
  Behaviour,
  WithoutBehaviour,
  type Direction,
  type Pace,
  type Policy,
} from "../../../src/model/autoscalers/hpaPace.ts";
import { erlangC, mmc } from "../../../src/statistics/theory/index.ts";
import { Pool } from "../../support/pool.ts";
import { station } from "../../theory/platforms.ts";
import type { Check, Claim, Family, Simulated, Worked } from "../case.ts";
import { classOf, failed, reading, utilisation } from "../readings.ts";

const HPA_PAGE = "kubernetes/website, horizontal-pod-autoscale.md";
const HPA_SOURCE = "kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go";

/** One request at an instant: the only one of a rate that then ends. */
function once(at: number): object {
  const points = [["0 s", `${1 / at}/s`], [`${1.5 * at} s`, "0/s"]]; // prettier-ignore
  return { kind: "deterministic", rate: { kind: "profile", interpolation: "step", points } };
}

interface Job {
  readonly at: number;
  readonly work: number;
  readonly priority?: number;
  readonly leaves: number;
}

/** Jobs of one request each, and when the last piece of each is done. */
function jobs(
  id: string,
  what: string,
  by: string,
  all: readonly Job[],
  desk: object,
  step: string,
): Simulated {
  const names = all.map((_, job) => `job-${job + 1}`);
  return {
    id,
    what,
    source: by,
    platform: {
      workloads: Object.fromEntries(
        all.map(({ at, priority = 0 }, job) => [
          names[job],
          { to: "desk", arrivals: once(at), mix: { [names[job]!]: { share: "100 %", priority } } },
        ]),
      ),
      parts: {
        desk: {
          kind: "service",
          ...desk,
          operations: Object.fromEntries(
            all.map(({ work }, job) => [names[job], [{ [step]: `${work} s` }]]),
          ),
        },
      },
    },
    seconds: 60,
    replications: 1,
    claims: all.map(({ at, leaves }, job): Claim => [
      reading(`${names[job]!} leaves`, (result) => at + classOf(result, names[job]!).latency.mean!),
      leaves,
    ]),
  };
}

const succeeded = reading("served", ({ total }) => total.succeeded);
const dropped = reading("dropped", ({ total }) => total.failed["dropped"] ?? 0);

const rejecting: Simulated = {
  id: "trace-no-queue",
  what: "Arrivals every second, 1.5 s of work, no queue: every other one is served",
  source: "r-simmer/simmer, tests/testthat/test-simulation-1.R",
  platform: station({ arrivalRatePerSecond: 1, work: "1.5 s", queueLimit: 0, arrivals: "deterministic" }), // prettier-ignore
  // The hundredth comes at 100 s; the ninety-ninth is served until 100.5 s.
  seconds: 100.6,
  replications: 1,
  claims: [
    [succeeded, 50],
    [dropped, 50],
    [reading("busy seconds", (result) => utilisation("station").of(result) * 100.6), 75],
  ],
};

const sameInstant: Simulated = {
  id: "trace-same-instant",
  what: "Who leaves at the instant another comes makes room for it, with no queue at all",
  source: "r-simmer/simmer, tests/testthat/test-simulation-2.R",
  platform: station({ arrivalRatePerSecond: 1, work: "1 s", queueLimit: 0, arrivals: "deterministic" }), // prettier-ignore
  seconds: 10.5,
  replications: 1,
  // Ten came, the last is still there.
  claims: [
    [succeeded, 9],
    [dropped, 0],
    [failed("dropped"), 0],
  ],
};

const percent = (value: number, seconds: number): Policy => ({ kind: "percent", value, period: seconds * SECOND }); // prettier-ignore
const pods = (value: number, seconds: number): Policy => ({ kind: "pods", value, period: seconds * SECOND }); // prettier-ignore
const direction = (policies: Policy[], seconds = 0): Direction => ({
  window: seconds * SECOND,
  policies,
  select: "max",
});

/** Sizes after one decision a period, for a constant wish. */
function sizes(
  behaviour: Pace,
  start: number,
  wanted: number,
  every: number,
  decisions: number,
): number[] {
  const found = [start];
  for (let decision = 0; decision < decisions; decision += 1) {
    const now = decision * every * SECOND;
    const current = found.at(-1)!;
    const { pods: next } = behaviour.limit(current, wanted, now);
    if (next !== current) behaviour.changed(current, next, now);
    found.push(next);
  }
  return found;
}

function desired(current: number, usage: number, target: number): number {
  const seen = Array.from({ length: current }, () => ({ usage: usage / 100, ignored: false }));
  return desiredPods(seen, current, target, { up: 0.1, down: 0.1 })!.desired;
}

/** Load in percent-pods: 100, from 60 s on 600, from 240 s on 150; decided every 15 s. */
function stepChanges(): number[][] {
  const up = direction([percent(100, 15), pods(4, 15)]);
  const behaviour = new Behaviour(up, direction([percent(100, 15)], 300));
  const changes = [[0, 2]];
  let current = 2;
  for (let t = 0; t <= 900; t += 15) {
    const load = t < 60 ? 100 : t < 240 ? 600 : 150;
    const wish = desired(current, load / current, 50);
    const { pods: limited } = behaviour.limit(current, wish, t * SECOND);
    const next = Math.min(20, Math.max(2, limited));
    if (next === current) continue;
    behaviour.changed(current, next, t * SECOND);
    changes.push([t, next]);
    current = next;
  }
  return changes;
}

const rows = [[10, 200, 100, 20], [10, 50, 100, 5], [50, 90, 75, 60], [3, 90, 75, 4], [4, 105, 100, 4], [7, 33, 60, 4], [12, 66, 60, 12], [5, 131, 100, 7]] as const; // prettier-ignore

function worked(id: string, what: string, source: string, checks: () => readonly Check[]): Worked {
  return { id, what, source, worked: checks };
}

const letters = (picks: readonly number[]) => picks.map((pick) => "abcd"[pick]).join("");

/** The fewest servers for which something holds. */
function fewest(holds: (servers: number) => boolean): number {
  let servers = 1;
  while (!holds(servers)) servers += 1;
  return servers;
}

function answeredWithin(lambda: number, mu: number, share: number, seconds: number): number {
  const least = Math.floor(lambda / mu) + 1;
  return fewest(
    (servers) =>
      servers >= least &&
      mmc({ arrivalRatePerSecond: lambda, serviceRatePerSecond: mu, servers }).waitingSecondsAt(
        share,
      ) <= seconds,
  );
}

export const traces: readonly Family[] = [
  {
    name: "Autoscaling",
    cases: [
      worked("hpa-ratio", "Pods wanted by the ratio, kept within a tenth of the target", `${HPA_PAGE}; Kubernetes blog, 2025-04-28`, () =>
        rows.map(([current, usage, target, wanted]) => [
          `${current} at ${usage} % of ${target} %`, desired(current, usage, target), wanted,
        ])), // prettier-ignore
      worked("hpa-scale-down", "From 80 towards 10, four pods or a tenth a minute, whichever is more", HPA_PAGE, () => [
        ["sizes", sizes(new Behaviour(direction([]), direction([pods(4, 60), percent(10, 60)])), 80, 10, 60, 14),
          [80, 72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10]],
      ]), // prettier-ignore
      worked("hpa-scale-up", "From 1 without bounds, ninefold more a minute", "kubernetes/enhancements, KEP-853, story 1", () => [
        ["sizes", sizes(new Behaviour(direction([percent(900, 60)]), direction([])), 1, 1e6, 60, 3), [1, 10, 100, 1000]],
      ]), // prettier-ignore
      worked(
        "hpa-from-one",
        "From one pod under the default policies: twice as many or four more, whichever is more",
        HPA_PAGE,
        () => [
          [
            "sizes",
            sizes(
              new Behaviour(direction([percent(100, 15), pods(4, 15)]), direction([])),
              1,
              100,
              15,
              3,
            ),
            [1, 5, 10, 20],
          ],
        ],
      ),
      worked("hpa-plain", "From one pod without a behaviour: twice as many or four, whichever is more", HPA_SOURCE, () => [
        ["sizes", sizes(new WithoutBehaviour(300 * SECOND), 1, 100, 15, 4), [1, 4, 8, 16, 32]],
        ["four at 180 % of 60 %", sizes(new WithoutBehaviour(300 * SECOND), 4, 12, 15, 2), [4, 8, 12]],
      ]), // prettier-ignore
      worked("hpa-step", "A step of load up and down again under the default policies", "the documented rules, worked by hand", () => [
        ["[time, pods]", stepChanges(), [[0, 2], [60, 6], [75, 12], [525, 3]]],
      ]), // prettier-ignore
      worked("staffing", "The fewest servers for a promise about waiting", "A. K. Erlang (1917); the 80/20 rule of call centres", () => [
        ["a fifth wait, 100 erlang", fewest((servers) => servers > 100 && erlangC({ offeredErlang: 100, servers }) <= 0.2), 111],
        ["80 % within 20 s", answeredWithin(0.1, 1 / 240, 0.8, 20), 29],
        ["99 % within 5 ms", answeredWithin(900, 100, 0.99, 0.005), 14],
      ]), // prettier-ignore
    ],
  },
  {
    name: "Traces",
    cases: [
      rejecting,
      sameInstant,
      jobs(
        "trace-processor-sharing",
        "Three jobs that share one core",
        "CiwPython/Ciw, tests/test_processor_sharing.py, and by hand",
        [
          { at: 0.5, work: 1, leaves: 2.45 },
          { at: 0.7, work: 1, leaves: 2.85 },
          { at: 2, work: 1, leaves: 3.5 },
        ],
        { slots: 10, cpu: { sharing: "processor-sharing" } },
        "cpu",
      ),
      jobs(
        "trace-priority",
        "Four jobs of two urgencies that interrupt each other",
        "by hand: 1 at 1-2 and 5-8, 2 at 2-4, 3 at 4-5, 4 at 8-11",
        [
          { at: 1, work: 4, leaves: 8 },
          { at: 2, work: 2, priority: 1, leaves: 4 },
          { at: 3, work: 1, priority: 1, leaves: 5 },
          { at: 3.5, work: 3, leaves: 11 },
        ],
        { slots: 1, queue: { discipline: { kind: "priority", preemptive: true } } },
        "work",
      ),
      worked("smooth-round-robin", "Whom smooth weighted round robin picks", "nginx, commit 27e9498", () => [
        ["weights 5, 1, 1", letters(new Pool("smooth-weighted-round-robin", [5, 1, 1]).sendAll(7)), "aabacaa"],
        ["weights 4, 3, 2, 1", letters(new Pool("smooth-weighted-round-robin", [4, 3, 2, 1]).sendAll(10)), "abcabdacba"],
      ]), // prettier-ignore
    ],
  },
];
