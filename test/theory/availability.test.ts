/**
 * How often a system of units that fail and are mended is down, and what that does to queues.
 *
 * Requests that come at random see what there is on average (R. W. Wolff, Operations Research 30,
 * 1982), so the share that fails is the share of time in which the system is down.
 */
import { describe, test } from "vitest";
import {
  availability,
  meanPresentWithBreakdowns,
  type Redundancy,
} from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential, source } from "./platforms.ts";
import { failed, latency, ready, throughput } from "./readings.ts";

const [failing, mending] = [1, 2];
const rates = { failureRatePerSecond: failing, repairRatePerSecond: mending };
const single = failing / (failing + mending);

/** A part that answers at once while it is up. */
const unit = (fleet: object = {}) => ({
  kind: "service",
  fleet: { "start-up": "0 s", ...fleet },
  slots: 10,
  work: "0 s",
  "health-check": "none",
});

const crashes = (of: string, more: object = {}) => ({
  kind: "crash",
  of,
  "time-between": exponential(failing),
  repair: exponential(mending),
  ...more,
});

/** A front that calls units of its own, as its steps say. */
function front(names: readonly string[], steps: readonly object[]) {
  return {
    workloads: source("front", 3),
    parts: {
      front: { kind: "service", slots: 1000, operations: { default: steps } },
      ...Object.fromEntries(names.map((name) => [name, unit()])),
    },
    faults: names.map((name) => crashes(name)),
    warmUpSeconds: 20,
    seconds: 500,
  };
}

// K. S. Trivedi, Probability and Statistics with Reliability (2002), chapters 3 and 8.
describe("the share of requests that fails is the unavailability", () => {
  const names = ["east", "west", "north"];
  const calls = names.map((call) => ({ call }));

  test("of units in series: every one must be up", () =>
    agree(front(names, calls), [[failed("error"), 1 - (1 - single) ** 3, 0.03]]));

  test("of units in parallel: one must be up", () =>
    agree(front(names, [{ parallel: calls, "wait-for": 1 }]), [
      [failed("error"), single ** 3, 0.15],
    ]));

  test("of two out of three", () => {
    const { unavailability } = availability({ machines: 3, needed: 2, crews: 3, ...rates });
    return agree(front(names, [{ parallel: calls, "wait-for": 2 }]), [
      [failed("error"), unavailability, 0.1],
    ]);
  });
});

// The same chapter 8: repairs wait for a crew, and a cold spare cannot fail.
describe("a pair is down as often as theory says", () => {
  const pair = (redundancy: Partial<Redundancy>) =>
    availability({ machines: 2, needed: 1, crews: 1, ...rates, ...redundancy }).unavailability;
  const trial = (fleet: object, more: object) => ({
    workloads: source("edge", 3),
    parts: {
      edge: { kind: "load-balancer", to: "web", tries: 2, "health-check": "none" },
      web: unit(fleet),
    },
    faults: [crashes("web", more)],
    warmUpSeconds: 20,
    seconds: 500,
  });
  const cold = { instances: 1, standby: { state: "cold", "take-over": "0 s" } };

  test("with both at work and a crew for each", () =>
    agree(trial({ instances: 2 }, {}), [[failed("refused"), pair({ crews: 2 }), 0.1]]));

  test("with both at work and one crew", () =>
    agree(trial({ instances: 2 }, { crews: 1 }), [[failed("refused"), pair({}), 0.1]]));

  test("with a cold spare and one crew", () => {
    const down = pair({ running: 1 });
    return agree(trial(cold, { crews: 1 }), [
      [failed("refused"), down, 0.1],
      [ready("web"), 1 - down],
    ]);
  });

  test("with a cold spare and a crew for each", () => {
    const down = pair({ running: 1, crews: 2 });
    return agree(trial(cold, {}), [
      [failed("refused"), down, 0.1],
      [ready("web"), 1 - down],
    ]);
  });
});

// Up for T, then T away until a spare has taken over or, with none left, until a repair.
test("a spare that takes time to take over leaves a gap of that length at every crash", () => {
  const standby = { instances: 50, state: "warm", "take-over": "500 ms" };
  const trial = {
    workloads: source("web", 1),
    parts: { web: unit({ instances: 1, standby }) },
    faults: [crashes("web")],
    warmUpSeconds: 20,
    seconds: 500,
  };
  return agree(trial, [[ready("web"), 1 / (1 + failing * 0.5)]]);
});

// I. L. Mitrany, B. Avi-Itzhak, Operations Research 16 (1968): breakdowns come to idle servers too,
// and what they interrupt goes on where it stopped. Here all slots of an instance stop together.
describe.each([1, 3])("a queue before %i slots that break and resume", (servers) => {
  test("has calls wait as long as theory says", () => {
    const load = { arrivalRatePerSecond: 0.5 * servers, serviceRatePerSecond: 1 };
    const changes = [[0, 1], [0.1, 0]]; // prettier-ignore
    const present = meanPresentWithBreakdowns({ ...load, up: [0, servers], changes });
    const trial = {
      workloads: source("desk", load.arrivalRatePerSecond),
      parts: {
        desk: {
          kind: "service",
          slots: servers,
          work: exponential(load.serviceRatePerSecond),
          pauses: { every: exponential(0.1), for: exponential(1) },
        },
      },
    };
    return agree({ ...trial, warmUpSeconds: 200, seconds: 10_000 / servers }, [
      [latency("mean"), present / load.arrivalRatePerSecond, 0.06],
    ]);
  });
});

// The same paper: every server breaks by itself, and the call it had goes on at another.
test("an M/M/3 queue of servers that break each by itself", () => {
  const [lambda, mu, breaks, mends] = [2, 1, 0.02, 0.2];
  const up = [0, 1, 2, 3];
  const changes = up.map((now) =>
    up.map((then) => (then === now + 1 ? (3 - now) * mends : then === now - 1 ? now * breaks : 0)),
  );
  const load = { arrivalRatePerSecond: lambda, serviceRatePerSecond: mu };
  const present = meanPresentWithBreakdowns({ ...load, up, changes });
  const trial = { ...desk(lambda, mu, 3), faults: [broken(breaks, mends)] };
  return agree({ ...trial, warmUpSeconds: 200, seconds: 5500 }, [
    [latency("mean"), present / lambda, 0.08],
  ]);
});

// D. P. Gaver, Journal of the Royal Statistical Society B 24 (1962): a call takes its own time and
// that of the repairs within it, C: E[C] = E[S] (1 + ξ E[R]), E[C²] = E[S²] (1 + ξ E[R])² + ξ E[S] E[R²].
test("a server that breaks only while it serves is M/G/1 with the repairs as part of the service", () => {
  const [lambda, mu, breaks, mends] = [0.5, 1, 0.1, 1];
  const longer = 1 + breaks / mends;
  const mean = longer / mu;
  const square = (2 * longer * longer) / (mu * mu) + (breaks / mu) * (2 / (mends * mends));
  const response = mean + (lambda * square) / (2 * (1 - lambda * mean));
  const fault = { ...broken(breaks, mends), while: "serving" };
  const trial = { ...desk(lambda, mu, 1), faults: [fault] };
  return agree({ ...trial, warmUpSeconds: 200, seconds: 25_000 }, [
    // 3.4 % less than of one that breaks when it is idle as well.
    [latency("mean"), response, 0.025],
  ]);
});

const desk = (lambda: number, mu: number, slots: number) => ({
  workloads: source("desk", lambda),
  parts: { desk: { kind: "service", slots, work: exponential(mu) } },
});

const broken = (breaks: number, mends: number) => ({
  kind: "breakdown",
  of: "desk",
  "time-between": exponential(breaks),
  for: exponential(mends),
});

// D. Towsley, S. K. Tripathi, Operations Research Letters 10 (1991): a crash empties the queue, and
// while the instance is up the number present is geometric with the smaller root of
// μ r² - (λ + μ + ξ) r + λ = 0, also when it begins empty after every repair.
test("an M/M/1 queue whose crashes lose all it has", () => {
  const [lambda, mu] = [4, 5];
  const sum = lambda + mu + failing;
  const root = (sum - Math.sqrt(sum * sum - 4 * lambda * mu)) / (2 * mu);
  const up = 1 - single;
  const trial = {
    workloads: source("web", lambda),
    parts: { web: { ...unit(), slots: 1, work: exponential(mu) } },
    faults: [crashes("web")],
  };
  return agree({ ...trial, warmUpSeconds: 20, seconds: 560 }, [
    [throughput("web"), mu * up * root, 0.04],
    [failed("refused"), single, 0.06],
    [failed("lost"), (failing * up * root) / (1 - root) / lambda, 0.06],
  ]);
});
