/** Circuit breakers between parts: what opens, for whom, and what becomes of the calls. */
import { expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

const breaker = { kind: "hystrix", volume: 2, sleep: "5 s" };
const call = { call: "store", breaker, timeout: "1 s" };
const web = (step: object, more: object = {}) => ({
  web: { kind: "service", slots: 100, operations: { page: [step] }, ...more },
  store: {
    kind: "service",
    slots: 10,
    work: "100 ms",
    fleet: { "start-up": "0 s" },
    "health-check": "none",
  },
});
const crash = [{ kind: "crash", of: "store", at: "10 s", repair: "10 s" }];

test("opens after a crash, tries at its distances, and closes after the repair", () => {
  const play = new Rehearsal(web(call), { faults: crash });
  for (let second = 1; second <= 40; second++) play.ask(second + 0.1, "web");
  play.run(60);
  // Calls at 10.1 and 11.1 are refused: 1 of 9 and so on is less than half of the window, for ten
  // seconds have eight or nine good calls. The fifth failure, at 14.1, makes 5 of 10; the bucket ends
  // at 14.5. It sleeps to 19.5; the call of 20.1, after the repair at 20, is answered at 20.2.
  expect(play.world.journal.entries.filter(({ plane }) => plane === "health")).toEqual([
    {
      at: 15.1e9,
      until: 20.2e9,
      plane: "health",
      part: "web",
      instance: "web-1",
      what: "breaker to store opened",
      reason: "5 of 10 calls failed: 50 %",
    },
    {
      at: 20.2e9,
      until: null,
      plane: "health",
      part: "web",
      instance: "web-1",
      what: "breaker to store closed",
      reason: "one call was answered after 100 ms",
    },
  ]);
  // Refused at 10.1 … 14.1; kept back at 15.1 … 19.1.
  const { arrived, neverSent } = play.world.exchange.countsOf(play.part("store").number);
  expect([arrived, neverSent]).toEqual([35, 5]);
  expect(play.counts("store")).toEqual({ arrived: 35, ok: 30, refused: 5 });
  expect(play.counts("web")).toEqual({ arrived: 40, ok: 30, error: 10 });
});

test("a caller that can do without the answer goes on at once", () => {
  const play = new Rehearsal(web({ ...call, optional: true }), { faults: crash });
  for (let second = 1; second <= 40; second++) play.ask(second + 0.1, "web");
  play.run(60);
  expect(play.counts("web")).toEqual({ arrived: 40, ok: 40 });
  expect(play.endings).toContain("15.1 o ok");
});

test("each instance that calls has a breaker of its own", () => {
  const fleet = { instances: 2 };
  const parts = web(call, { fleet, balancer: "round-robin" });
  const play = new Rehearsal(parts, { faults: crash });
  // Round robin: two calls to each instance before 12.5 s, but the second has only one failure.
  for (const at of [10.1, 10.2, 10.3]) play.ask(at, "web");
  for (const at of [10.6, 10.7]) play.ask(at, "web");
  play.run(60);
  // web-1 called at 10.1, 10.3; web-2 at 10.2 and, its breaker being closed, at 10.6.
  const { arrived, neverSent } = play.world.exchange.countsOf(play.part("store").number);
  expect([arrived, neverSent]).toEqual([4, 1]);
  const entries = play.world.journal.entries.filter(({ plane }) => plane === "health");
  expect(entries.map(({ instance }) => instance)).toEqual(["web-1"]);
});

test("a retry asks the breaker again, and may come when it lets calls through", () => {
  const retry = { attempts: 3, backoff: { kind: "constant", delay: "4 s" } };
  const patient = new Rehearsal(web({ ...call, retry }), { faults: [{ ...crash[0], repair: "1 s" }] }); // prettier-ignore
  for (const at of [10.1, 10.25, 10.6]) patient.ask(at, "web");
  patient.run(60);
  // Open from 10.5 s. All three come again at 14.1 to 14.6 and are kept back. At 18.1 the first is the
  // trial and closes it at 18.2, before the second comes at 18.25.
  expect(patient.endings).toEqual(["18.2 a ok", "18.35 b ok", "18.7 c ok"]);
  const { arrived, neverSent } = patient.world.exchange.countsOf(patient.part("store").number);
  expect([arrived, neverSent]).toEqual([5, 4]);
});
