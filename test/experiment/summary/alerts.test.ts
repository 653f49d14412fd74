/**
 * When people are told of an outage one can follow: a request each second, all refused from 300 s to
 * 600 s. Scrapes and evaluations fall on the quarter minutes.
 */
import { describe, expect, test } from "vitest";
import { run } from "../../../src/index.ts";
import { till } from "../../support/till.ts";

const quarterMinutes = { scrape: "15 s", evaluation: "15 s" };

const outage = (more: object = {}) => ({
  ...till({
    run: { duration: "20 min", window: "5 s" },
    till: { fleet: { type: "box", "start-up": "500 ms" } },
    faults: [{ kind: "crash", of: "till", at: "300 s", repair: "300 s" }],
    objectives: [{ availability: "99 %" }],
  }),
  monitoring: quarterMinutes,
  ...more,
});

const alerted = async (rule: object, more: object = {}) => {
  const { alerts, incidents } = await run(outage({ alerts: { rule }, ...more }));
  return { ...alerts!, incidents };
};

describe("an error ratio above 20 % over 1 min, for 1 min", () => {
  const rule = { kind: "error-ratio", above: "20 %", over: "1 min", for: "1 min" };

  test("is pending at the first evaluation that sees it, and told of after the wait of the group", async () => {
    const { firings } = await alerted(rule);
    expect(firings).toHaveLength(1);
    // Scrapes at 270, 285, 300 and 315 s: 15 of 45 requests failed. At 300 s none had.
    // The group's next flush after 405 s is at 705 s.
    expect(firings[0]).toMatchObject({
      ...{ pendingAt: 315, firedAt: 375, toldAt: 405, repeats: 0, false: false },
      // At 630 s 16 of 45 had failed since 585 s, at 645 s one had since 600 s.
      ...{ resolvedAt: 645, overToldAt: 705, worst: 1 },
    });
  });

  test("so that people hear of the fault after 105 s, and users are well after 305 s", async () => {
    const { incidents, rules } = await alerted(rule);
    // Requests from 300 s to 600 s are refused; the last in the window from 600 s to 605 s.
    expect(incidents).toEqual([
      {
        ...{ replication: 0, at: 300, until: 600, what: "crash", part: "till", instances: 1 },
        ...{ felt: true, detected: null, failedOver: null, paged: 105, pagedBy: "rule" },
        ...{ recovered: 305, failed: 301, share: 1 },
      },
    ]);
    expect(rules).toMatchObject([{ rule: "rule", severity: "page", fired: 1, told: 1, false: 0 }]);
  });

  test("of a part counts its calls", async () => {
    const { firings } = await alerted({ ...rule, part: "till" });
    expect(firings).toMatchObject([{ pendingAt: 315, firedAt: 375 }]);
  });

  test("that asks for longer than the outage lasts never fires", async () => {
    const { firings, incidents } = await alerted({ ...rule, for: "6 min" });
    expect(firings).toEqual([]);
    expect(incidents).toMatchObject([{ felt: true, paged: null }]);
  });

  test("as a ticket wakes nobody", async () => {
    const { firings, incidents } = await alerted({ ...rule, severity: "ticket" });
    expect(firings).toMatchObject([{ toldAt: 405 }]);
    expect(incidents).toMatchObject([{ paged: null }]);
  });

  test("that is over before the wait of the group is, nobody hears of", async () => {
    const monitoring = { ...quarterMinutes, "group-wait": "5 min" };
    const { firings } = await alerted(rule, { monitoring });
    expect(firings).toMatchObject([{ firedAt: 375, resolvedAt: 645, toldAt: null }]);
  });
});

/** The table of the Site Reliability Workbook: 52 s, 130 s, 259 s and 259 s of a total outage. */
test("burn rates fire as soon as their share of the budget is gone", async () => {
  const rule = { kind: "burn-rate", target: "99.9 %" };
  const { firings } = await alerted(rule, { history: { rate: "1 rps" } });
  expect(
    firings.map(({ severity, firedAt, toldAt, resolvedAt, overToldAt }) => {
      return [severity, firedAt, toldAt, resolvedAt, overToldAt];
    }),
  ).toEqual([
    // More than 51.6 of 3,585 s: 60 at 360 s. Over 5 min until a window begins at 600 s, which is at 885 s.
    ["page", 360, 390, 885, 990],
    // More than 129.5 of 21,585 s: 135 at 435 s; told when the group of the pages is flushed again.
    ["page", 435, 690, null, null],
    // More than 259.2 of a day less one scrape, and of three days at a third of the rate: 270 at 570 s.
    ["ticket", 570, 600, null, null],
    ["ticket", 570, 600, null, null],
  ]);
});

test("what failed before the run counts in its windows", async () => {
  const rule = { kind: "burn-rate", target: "99.9 %", windows: [{ burn: 1, long: "6 h" }] };
  const history = { rate: "1 rps", failed: "0.1 %" };
  const { firings } = await alerted(rule, { history, faults: [] });
  expect(firings).toEqual([]); // exactly as fast as it may, less what did not fail in the run
  const worse = { rate: "1 rps", failed: "0.2 %" };
  const [first] = (await alerted(rule, { history: worse, faults: [] })).firings;
  expect(first).toMatchObject({ firedAt: 0, false: true });
});

describe("an alert on a cause", () => {
  const rule = { kind: "utilisation", part: "till", above: "40 %", over: "1 min" };

  test("that no user feels is a false alarm, repeated after the interval", async () => {
    const monitoring = { ...quarterMinutes, "repeat-interval": "10 min" };
    const { firings } = await alerted(rule, { monitoring, faults: [] });
    // Half of the time is busy from the first scrape on; flushes at 45, 345, 645 and 945 s.
    expect(firings).toMatchObject([{ firedAt: 15, toldAt: 45, repeats: 1, false: true }]);
  });

  test("may be that traffic stays away, machines are gone, calls wait or answers are slow", async () => {
    const fired = async (other: object) => {
      const { firings } = await alerted({ over: "1 min", ...other });
      return firings.map(({ pendingAt }) => pendingAt);
    };
    expect(await fired({ kind: "traffic", below: "2 rps" })).toEqual([0]);
    expect(await fired({ kind: "traffic", below: "0.9 rps" })).toEqual([]);
    // From 270 s to 315 s one was ready for 30 s of 45 s.
    expect(await fired({ kind: "instances", part: "till", below: 0.7 })).toEqual([315]);
    expect(await fired({ kind: "queue-length", part: "till", above: 0 })).toEqual([]);
    // The next to succeed are those from 601 s on.
    expect(await fired({ kind: "latency", percentile: "p50", above: "400 ms" })).toEqual([15, 615]);
  });
});

test.each([
  [
    { kind: "latency", percentile: "p50", above: "400 ms" },
    "p50 of all requests above 400 ms over 5 min",
  ],
  [
    { kind: "latency", above: "2 s", over: "1 min", class: "shoppers" },
    "p99 of shoppers requests above 2 s over 1 min",
  ],
  [
    { kind: "burn-rate", target: "99.9 %", windows: [{ burn: 6, long: "1 h" }] },
    "budget of all requests at 99.9 % burns at more than 6× over 1 h and 5 min",
  ],
])("a rule is told in the words of its expression: %j", async (rule, words) => {
  const { rules } = await alerted(rule);
  expect(rules.map(({ says }) => says)).toEqual([words]);
});

test("a crash behind a balancer that tries again is no incident to users, and is noticed by its checks", async () => {
  const check = { interval: "2 s", fall: 2, rise: 2, timeout: "1 s" };
  const edge = { kind: "load-balancer", to: "till", tries: 2, "health-check": check };
  const scenario = till({
    run: { duration: "10 min", window: "5 s" },
    till: { fleet: { type: "box", instances: 2 } },
    parts: { edge },
    faults: [{ kind: "crash", of: "till", at: "300 s", repair: "60 s" }],
  });
  const { incidents } = await run(scenario, { set: ["workloads.shoppers.to=edge"] });
  const [crash] = incidents;
  expect(crash).toMatchObject({ what: "crash", felt: false, recovered: null, failed: 0 });
  // Two refused probes of one every 2 s: between 2 s and 4 s.
  expect(crash!.detected).toBeGreaterThanOrEqual(2);
  expect(crash!.detected).toBeLessThanOrEqual(4);
});

describe("a crash is failed over", () => {
  const crash = [{ kind: "crash", of: "till", at: "300 s" }];
  const failedOver = async (changes: object) => {
    const { incidents } = await run(
      till({ run: { duration: "10 min" }, faults: crash, ...changes }),
    );
    expect(incidents).toHaveLength(1);
    return incidents[0]!.failedOver!;
  };

  test("when the standby has taken over, twenty seconds after", async () => {
    const standby = { state: "hot", "take-over": "20 s" };
    expect(await failedOver({ till: { fleet: { type: "box", standby } } })).toBeCloseTo(20, 9);
  });

  test("when another balancer has the address, also when the one that died is back by then", async () => {
    const edge = { kind: "load-balancer", to: "till", vrrp: { priorities: [200, 100] } };
    const scenario = till({
      run: { duration: "10 min", window: "5 s" },
      parts: { edge },
      faults: [{ kind: "balancer-crash", of: "edge", at: "300.5 s", repair: "1 s" }],
    });
    const { incidents } = await run(scenario, { set: ["workloads.shoppers.to=edge"] });
    // Three adverts and (256 - 100)/256 s after the last advert, at 300 s.
    const after = 3 + 156 / 256 - 0.5;
    expect(incidents).toMatchObject([{ what: "crash", part: "edge" }]);
    expect(incidents[0]!.detected).toBeCloseTo(after, 6);
    expect(incidents[0]!.failedOver).toBeCloseTo(after, 6);
  });

  test("when a replica is promoted: the lease of 10 s less up to 1 s, and 2 s more", async () => {
    const database = {
      ...{ kind: "database", slots: 4, write: "10 ms", work: undefined },
      fleet: { type: "box", instances: 2, zones: ["a", "b"] },
      primary: { failover: { kind: "lease", heartbeat: "1 s", ttl: "10 s", promotion: "2 s" } },
    };
    const mix = { write: { share: "100 %" } };
    const faults = [{ ...crash[0], zone: "a" }];
    const after = await failedOver({ till: database, mix, faults });
    expect(after).toBeGreaterThanOrEqual(11);
    expect(after).toBeLessThanOrEqual(12);
  });
});
