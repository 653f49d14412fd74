/** Callers who leave queues, and callers who bring a platform down by not leaving. */
import { expect, test } from "vitest";
import { exp } from "../../src/kernel/mathematics.ts";
import { run, type Result } from "../../src/index.ts";
import { erlangA } from "../../src/statistics/theory/index.ts";
import { agree } from "./agreement.ts";
import { exponential } from "./platforms.ts";
import { failed, latency, queueLength, utilisation } from "./readings.ts";

// M/M/c+M: more calls than the servers can take, and still a steady state.
test.each([
  { servers: 1, rate: 120 },
  { servers: 5, rate: 480 },
])("$servers servers with impatient callers are Erlang A", async ({ servers, rate }) => {
  const theory = erlangA({
    arrivalRatePerSecond: rate,
    serviceRatePerSecond: 100,
    servers,
    patienceSeconds: 0.05,
  });
  const arrivals = { kind: "poisson", rate: `${rate}/s` };
  const client = { patience: exponential(20) };
  const platform = {
    workloads: { requests: { to: "web", arrivals, client } },
    parts: { web: { kind: "service", slots: servers, work: exponential(100) } },
  };
  return agree({ ...platform, warmUpSeconds: 2, seconds: 40 }, [
    [failed("reneged"), theory.renegeProbability, 0.04],
    [utilisation("web"), theory.utilisation],
    [queueLength("web"), theory.queueLength, 0.05],
  ]);
});

// Where nobody waits, a hedge after d leaves S(t) S(t - d) of calls unanswered at t, at the price of S(d)
// more calls (Dean, Barroso, The Tail at Scale, 2013); for exponential work the mean is
// (1 - e^-μd) / μ + e^-μd / 2μ.
test("hedged calls of exponential work are as fast, and cost as much, as their survival law says", () => {
  const [mu, delay] = [100, 0.01];
  const slow = exp(-mu * delay);
  const client = { hedge: { after: "10 ms" }, cancellation: "propagate" };
  const platform = {
    workloads: { requests: { to: "web", arrivals: { kind: "poisson", rate: "500/s" }, client } },
    parts: { web: { kind: "service", slots: 100_000, work: exponential(mu) } },
  };
  const copies = {
    name: "copies per request",
    resolution: 1e-9,
    of: ({ total }: Result) => total.attempts / total.generated,
  };
  return agree({ ...platform, warmUpSeconds: 1, seconds: 20 }, [
    [latency("mean"), (1 - slow) / mu + slow / (2 * mu)],
    [copies, 1 + slow],
  ]);
});

// 7 requests a second of 100 ms keep one slot 70 % busy. A pause of 1 s makes seven wait, and whoever
// waits longer than 500 ms is given up and sent again 50 ms later, up to four times. First come, first
// served, with no end to the queue and nobody told: from then on every call that is served was given up
// before, each request makes four, and the queue grows by 4 * 7 - 10 = 18 a second.
const afterPause = async (client: object, retry: object) => {
  const backoff = { kind: "constant", delay: "50 ms" };
  const { windows } = await run({
    title: "One second's pause",
    run: { duration: "61 s", window: "1 s" },
    workloads: {
      shoppers: {
        to: "till",
        arrivals: { kind: "deterministic", rate: "7/s" },
        client: { timeout: "500 ms", retry: { attempts: 4, backoff, ...retry }, ...client },
      },
    },
    parts: {
      till: { kind: "service", slots: 1, work: "100 ms", pauses: { every: "30 s", for: "1 s" } },
    },
  });
  const { arrivals, queueLength } = windows.parts["till"]!;
  const { goodput } = windows.classes["shoppers"]!;
  return { goodput, arrivals, queueLength };
};

test("one pause of a second, four attempts: no success after it, and a backlog that grows by 18 a second", async () => {
  const { goodput, arrivals, queueLength } = await afterPause({}, {});
  expect(goodput.slice(1, 30)).toEqual(Array(29).fill(7));
  expect(goodput.slice(30)).toEqual(Array(31).fill(0));
  expect(arrivals.slice(40, 60)).toEqual(Array(20).fill(4 * 7));
  expect(queueLength[59]! - queueLength[40]!).toBeCloseTo(19 * 18, 6);
});

test.each([
  ["retries are on a budget of 10 %", {}, { budget: "10 %" }],
  ["retries are paid from a quota of 20 tokens", {}, { budget: { kind: "quota", tokens: 20 } }],
])("the same shop is well again when %s", async (_, client, retry) => {
  const { goodput, queueLength } = await afterPause(client, retry);
  expect(goodput.slice(50)).toEqual(Array(11).fill(7));
  expect(queueLength[60]).toBeLessThan(1);
});

// Whoever was sent in the last 500 ms may be there: 28 * 0.5 = 14 calls, one of them in service. That is no
// cure: first come, first served, a call gets its slot when hardly any of its 500 ms are left.
test("the same shop has a backlog that does not grow when time-outs take calls out of the queue", async () => {
  const { queueLength } = await afterPause({ cancellation: "propagate" }, {});
  for (const length of queueLength.slice(32)) expect(length).toBeLessThanOrEqual(14);
});
