/** Users who refresh, and whose users they are. */
import { expect, test } from "vitest";
import { run } from "../../../src/index.ts";

/** One user comes at 10 s; an answer takes the shop 3 s. */
async function comes(workload: object, shop: object = {}) {
  const arrivals = { kind: "deterministic", rate: "0.1 rps" };
  const result = await run({
    title: "Reloads",
    run: { duration: "19500 ms", replications: 1 },
    workloads: { user: { to: "shop", arrivals, ...workload } },
    parts: { shop: { kind: "service", slots: 1, work: "3 s", ...shop } },
  });
  const [requests] = result.classes;
  const { calls, wasted, utilisation } = result.parts[0]!;
  const { generated, succeeded, failed, attempts, latency } = requests!;
  const wastedSeconds = wasted! * utilisation! * 19.5;
  return { generated, succeeded, failed, attempts, latency: latency.max, calls, wastedSeconds };
}

test("a reload is another attempt of the same request; what was out is left behind", async () => {
  // Asked for at 10, 11 and 12; served from 10, 13 and 16 to 13, 16 and 19.
  const told = await comes({ reload: { after: "1 s", times: 2 } });
  expect(told).toMatchObject({ generated: 1, succeeded: 1, attempts: 3 });
  expect(told.calls).toMatchObject({ arrived: 3, ok: 1, failed: { cancelled: 2 } });
  expect(told.latency).toBeCloseTo(9, 1);
  expect(told.wastedSeconds).toBeCloseTo(6, 3);
});

test("where cancellation propagates, what was out is stopped", async () => {
  // The first stops at 11, the second at 12, the third takes from 12 to 15.
  const client = { cancellation: "propagate" };
  const told = await comes({ reload: { after: "1 s", times: 2 }, client });
  expect(told.calls).toMatchObject({ arrived: 3, ok: 1, failed: { cancelled: 2 } });
  expect(told.latency).toBeCloseTo(5, 1);
  expect(told.wastedSeconds).toBeCloseTo(2, 3);
});

test("who is answered in time does not reload", async () => {
  const told = await comes({ reload: { after: "3001 ms", times: 9 } });
  expect(told).toMatchObject({ generated: 1, succeeded: 1, attempts: 1 });
});

const retry = { attempts: 2, backoff: { kind: "constant", delay: "200 ms" } };
const client = { timeout: "600 ms", retry };

test("the client's attempts begin anew with every reload", async () => {
  // Sent at 10, 10.8, 11, 11.8, 12, 12.8; the second and fourth are left behind by reloads.
  const told = await comes({ reload: { after: "1 s", times: 2 }, client });
  expect(told).toMatchObject({ succeeded: 0, failed: { "timed-out": 1 }, attempts: 6 });
  expect(told.calls.failed).toMatchObject({ "timed-out": 4, cancelled: 2 });
});

test("a reload ends a back-off", async () => {
  // Sent at 10, 10.7, 11.4 and 12.2: reloads at 10.7 and 11.4, 0.1 s before the retry was due.
  const told = await comes({ reload: { after: "700 ms", times: 2 }, client });
  expect(told).toMatchObject({ succeeded: 0, failed: { "timed-out": 1 }, attempts: 4 });
  expect(told.calls).toMatchObject({ arrived: 4, failed: { "timed-out": 4 } });
});

test("users of two workloads are different sources", async () => {
  // One backend each, so nobody ever waits: seconds 1, 3, 5, … thought, the others served.
  const users = { count: 1, think: "1 s" };
  const result = await run({
    title: "Sources",
    run: { duration: "60 s", replications: 1 },
    workloads: { one: { to: "edge", users }, two: { to: "edge", users } },
    parts: {
      edge: { kind: "load-balancer", to: "shop", balancer: "sticky" },
      shop: { kind: "service", slots: 1, work: "1 s", fleet: { instances: 2 } },
    },
  });
  expect(result.classes.map(({ generated }) => generated)).toEqual([30, 30]);
  expect(result.parts.find(({ name }) => name === "shop")!.queueLength!.max).toBe(0);
});
