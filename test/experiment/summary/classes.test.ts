/** What became of the requests, in the measured part of the run. */
import { expect, test } from "vitest";
import { rehearse, twentyRefused } from "../../support/till.ts";

test("a hundred requests, the last one still in flight", async () => {
  const { total, classes, conservation } = await rehearse();
  expect(classes.map(({ name, workload }) => [name, workload])).toEqual([["shoppers", "shoppers"]]);
  expect(total).toMatchObject({
    generated: 100,
    succeeded: 99,
    failed: {},
    inFlight: 1,
    attempts: 100,
  });
  expect(total.latency).toMatchObject({ count: 99, mean: 0.5, max: 0.5 });
  expect(conservation).toEqual({
    generated: 100,
    succeeded: 99,
    failed: 0,
    inFlight: 1,
    calls: { arrived: 100, resolved: 99, inFlight: 1 },
  });
});

test("requests born in the warm-up are simulated and not counted, whenever they end", async () => {
  // At 1.5 s each on two tills, the request of 19 s ends at 20.5 s, after the warm-up of 20 s.
  const changes = { run: { "warm-up": "20 s" }, till: { slots: 2, work: "1500 ms" } };
  const { total, conservation } = await rehearse(changes);
  expect(total).toMatchObject({ generated: 81, succeeded: 79, inFlight: 2 });
  expect(conservation).toMatchObject({ generated: 100, succeeded: 98, inFlight: 2 });
});

test("failures go by their cause, and the rest of the requests are unharmed", async () => {
  const { total, availability } = await rehearse({ faults: twentyRefused });
  expect(total).toMatchObject({
    generated: 100,
    succeeded: 79,
    failed: { refused: 20 },
    inFlight: 1,
  });
  expect(availability.byRequest).toBe(79 / 99);
});

test("a request that needed three attempts is one request", async () => {
  const retry = { attempts: 3, backoff: { kind: "constant", delay: "100 ms" } };
  const { total, conservation } = await rehearse({ client: { retry }, faults: twentyRefused });
  expect(total).toMatchObject({ generated: 100, failed: { refused: 20 }, attempts: 80 + 60 });
  expect(conservation.calls).toEqual({ arrived: 140, resolved: 139, inFlight: 1 });
});

test("the latency of a retried request counts from its birth", async () => {
  const retry = { attempts: 30, backoff: { kind: "constant", delay: "1 s" } };
  const faults = [{ kind: "crash", of: "till", at: "40200 ms", repair: "1 s" }]; // back at 42.2
  const { total } = await rehearse({ client: { retry }, faults });
  // 40 is lost at 40.2 and tries again at 41.2 and 42.2; 41 at 42 and 43; 42 at 43.
  expect(total.failed).toEqual({});
  expect(total.attempts).toBeGreaterThan(100);
  expect(total.latency.max).toBeGreaterThan(2);
});

test("classes add up to the total", async () => {
  const mix = { buy: { share: "30 %" }, look: { share: "70 %" } };
  const { total, classes } = await rehearse({ mix, faults: twentyRefused });
  const sum = (value: (one: (typeof classes)[number]) => number) =>
    classes.reduce((all, one) => all + value(one), 0);
  expect(classes.map(({ name }) => name)).toEqual(["buy", "look"]);
  expect(sum(({ generated }) => generated)).toBe(total.generated);
  expect(sum(({ succeeded }) => succeeded)).toBe(total.succeeded);
  expect(sum(({ failed }) => failed["refused"] ?? 0)).toBe(20);
  expect(sum(({ latency }) => latency.count)).toBe(total.latency.count);
});
