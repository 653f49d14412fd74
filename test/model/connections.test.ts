/** Connections of clients, call by call. */
import { expect, test } from "vitest";
import { run } from "../../src/index.ts";

/** So many requests come together, once, at 3 s. */
async function together(size: number, work: string, client: object, more: object = {}) {
  const arrivals = {
    kind: "batch",
    of: { kind: "deterministic", rate: "0.3333333333 rps" },
    size: { kind: "constant", value: size },
  };
  const result = await run({
    title: "Connections",
    run: { duration: "5900 ms", replications: 1 },
    workloads: { clients: { to: "web", arrivals, client, ...more } },
    parts: { web: { kind: "service", slots: 10, work } },
  });
  const [lines] = result.clientConnections!;
  const { succeeded, failed, attempts, latency } = result.total;
  const { arrived } = result.parts[0]!.calls;
  return { ...lines!, succeeded, failed, attempts, arrived, slowest: latency.max };
}

test("those who find no connection wait, the first to come first", async () => {
  // Two at a time, 400 ms each: waits of 0, 0, 0.4, 0.4 and 0.8 s.
  const told = await together(5, "400 ms", { connections: 2 });
  expect(told).toMatchObject({ calls: 5, waited: 3, gaveUp: 0, succeeded: 5, arrived: 5 });
  expect(told.meanWait).toBeCloseTo(1.6 / 5, 9);
  expect(told.longestWait).toBeCloseTo(0.8, 9);
  expect(told.slowest).toBeCloseTo(1.2, 1);
});

test("the timeout runs from birth: late ones are sent and given up, later ones not sent at all", async () => {
  // The second is sent after 1 s, and times out after 1.5 s, when the third does too.
  const told = await together(3, "1 s", { connections: 1, timeout: "1500 ms" });
  expect(told).toMatchObject({ succeeded: 1, failed: { "timed-out": 2 }, gaveUp: 1, arrived: 2 });
  expect(told.longestWait).toBeCloseTo(1.5, 9);
});

test("a retry needs a connection as well", async () => {
  // Sent after 0.4 s, timed out after 0.5 s; the retry at 0.6 s is alone, and answered at 1 s.
  const retry = { attempts: 2, backoff: { kind: "constant", delay: "100 ms" } };
  const told = await together(2, "400 ms", { connections: 1, timeout: "500 ms", retry });
  expect(told).toMatchObject({ succeeded: 2, attempts: 3, arrived: 3, calls: 3, waited: 1 });
  expect(told.slowest).toBeCloseTo(1, 1);
});

test("so does a copy: without one it is not sent, and forgotten with the answer", async () => {
  const hedge = { after: "100 ms" };
  const alone = await together(1, "400 ms", { connections: 1, hedge });
  expect(alone).toMatchObject({ succeeded: 1, arrived: 1, calls: 2, waited: 1, gaveUp: 0 });
  expect(alone.longestWait).toBeCloseTo(0.3, 9);
  const two = await together(1, "400 ms", { connections: 2, hedge });
  expect(two).toMatchObject({ succeeded: 1, arrived: 2, waited: 0 });
});

test("whoever reloads leaves the line, and gives back a connection", async () => {
  // Both ask again after 0.7 s: the first has been answered, the second is out since 0.5 s.
  const reload = { after: "700 ms", times: 1 };
  const told = await together(2, "500 ms", { connections: 1 }, { reload });
  expect(told).toMatchObject({ succeeded: 2, arrived: 3, calls: 3, waited: 1 });
  expect(told.slowest).toBeCloseTo(1.2, 1);
  // One that waits behind somebody slow: it leaves at 0.7 s and waits anew.
  const slow = await together(2, "1 s", { connections: 1 }, { reload });
  expect(slow.succeeded).toBe(2);
  expect(slow.arrived).toBe(3);
});

test("a breaker hears of what was not sent in time", async () => {
  const breaker = { kind: "resilience4j", "minimum-calls": 2, window: 2 };
  const client = { connections: 1, timeout: "500 ms", breaker };
  const told = await together(4, "2 s", client);
  expect(told).toMatchObject({ succeeded: 0, gaveUp: 3, arrived: 1 });
});
