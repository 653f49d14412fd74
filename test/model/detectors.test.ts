/** How long a death goes unnoticed where instances keep themselves alive by heartbeats. */
import { describe, expect, test } from "vitest";
import { detectors, detectorSchema } from "../../src/model/detectors/index.ts";
import { issuesIn } from "../../src/schema/definition.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Fifty instances behind a balancer that learns of them in one way. */
const watched = (check: object | string, fault: object) =>
  new Rehearsal(
    {
      edge: { kind: "load-balancer", to: "web", "health-check": check },
      web: { kind: "service", slots: 1, work: "1 s", fleet: { instances: 50, "start-up": "0 s" } },
    },
    { faults: [{ of: "web", instances: "all", ...fault }] },
  );

/** The first and the last time of an event of that name [s]. */
const span = (play: Rehearsal, what: string) => {
  const times = play
    .noted("health")
    .filter((line) => line.endsWith(what))
    .map((line) => Number(line.split(" ")[0]));
  return { count: times.length, first: Math.min(...times), last: Math.max(...times) };
};

const crash = { kind: "crash", at: "103 s", silent: true };

test("a dead Kubernetes node is out of the endpoints 30 to 45 s after its death", () => {
  const play = watched("kubernetes-node", crash);
  play.run(300);
  const { count, first, last } = span(play, "marked down");
  expect(count).toBe(50);
  expect(first).toBeGreaterThanOrEqual(103 + 30);
  expect(last).toBeLessThanOrEqual(103 + 45);
  // The controller looks every 5 s; the oldest sign of life is of 93 s or after: 133 at the earliest.
  expect([first, last]).toEqual([135, 145]);
});

test("a lease without looks runs out on its own time", () => {
  const play = watched({ kind: "lease", heartbeat: "4 s", ttl: "10 s" }, crash);
  play.run(300);
  const { count, first, last } = span(play, "marked down");
  expect(count).toBe(50);
  expect(first).toBeGreaterThan(103 + 6);
  expect(last).toBeLessThanOrEqual(103 + 10);
  expect(last - first).toBeGreaterThan(3.6); // spread over the heartbeat
});

test.each([
  ["1 s", 4],
  ["10 s", 10],
  ["60 s", 40],
])("ZooKeeper grants a session of %s as %d s", (session, granted) => {
  const play = watched({ kind: "zookeeper-session", session }, crash);
  play.run(300);
  const { first, last } = span(play, "marked down");
  expect(first).toBeGreaterThan(103 + (granted * 2) / 3 - 0.001);
  expect(last).toBeLessThanOrEqual(103 + granted + 2);
  expect(first % 2).toBe(0); // sessions expire at whole ticks
});

// A probe within 1 s of the death, failed at the end of its second, and 4 · log₁₀ N s of suspicion.
test.each([
  [5, 5, 6],
  [10, 5, 6],
  [100, 9, 10],
])("Consul finds a dead member of %d in %d to %d s", (members, least, most) => {
  const play = watched({ kind: "consul", members }, crash);
  play.run(300);
  const { count, first, last } = span(play, "marked down");
  expect(count).toBe(50);
  expect(first).toBeGreaterThan(103 + least);
  expect(last).toBeLessThanOrEqual(103 + most);
  expect(last - first).toBeGreaterThan(0.9); // spread over the interval
});

test("Corosync finds a dead member after token and consensus", () => {
  const play = watched("corosync", crash);
  play.run(300);
  const { count, first, last } = span(play, "marked down");
  expect(count).toBe(50);
  expect(first).toBeGreaterThan(103 + 6.5);
  expect(last).toBeLessThanOrEqual(103 + 6.6);
});

test("an instance is believed in again at its first heartbeat", () => {
  const play = watched({ kind: "lease", heartbeat: "4 s" }, { ...crash, repair: "30 s" });
  play.run(300);
  const { count, first, last } = span(play, "marked up");
  expect(count).toBe(50);
  expect(first).toBeGreaterThanOrEqual(133);
  expect(last).toBeLessThanOrEqual(137);
});

test("a slow instance is taken for dead although it lives: a false alarm", () => {
  const slow = { kind: "slow", at: "103 s", for: "60 s" };
  const alarms = (factor: number) => {
    const play = watched({ kind: "lease", heartbeat: "3 s", ttl: "10 s" }, { ...slow, factor });
    play.run(300);
    return [span(play, "marked down").count, span(play, "marked up").count];
  };
  expect(alarms(3)).toEqual([0, 0]); // heartbeats 9 s apart
  const [down, up] = alarms(4); // 12 s apart
  expect(down).toBeGreaterThanOrEqual(50);
  expect(up).toBe(down);
});

describe("leases of etcd", () => {
  const etcd = (options: object = {}, fault: object = crash) =>
    watched({ kind: "etcd-lease", ...options }, fault);
  const ended = (options: object, until = 300) => {
    const play = etcd(options);
    play.run(until);
    return span(play, "marked down");
  };

  // Ten seconds are renewed every 3.5 s: the first of the client's looks, 500 ms apart, after a third
  // of them. The last renewal was within (99.5, 103], its end is within (109.5, 113], and the leader
  // looks at 110, 110.5, … 113.
  test("a death is noticed 7 to 10 s later with the usual ten seconds", () => {
    expect(ended({})).toEqual({ count: 50, first: 110, last: 113 });
  });

  // 1.5 election timeouts in whole seconds: 1.5 s make 2 s, renewed every 1 s; (3 · 10) / 2 · 500 ms
  // make 8 s, renewed every 3 s; nine ticks of 500 ms make 13 · 500 ms = 6.5 s and so 7 s, every 2.5 s.
  test.each([
    [{ ttl: "1 s" }, 104.5, 105],
    [{ ttl: "5 s", heartbeat: "500 ms", "election-timeout": "5 s" }, 108.5, 111],
    [{ ttl: "5 s", heartbeat: "500 ms", "election-timeout": "4.7 s" }, 108, 110],
  ])("no lease is shorter than the server's minimum: %j", (options, first, last) => {
    expect(ended(options)).toEqual({ count: 50, first, last });
  });

  // All renewed within (102.5, 103] and are over at the look of 113, which takes 500 of them.
  test("one look revokes 500 leases", () => {
    const fleet = { instances: 1200, "start-up": "0 s" };
    const play = new Rehearsal(
      {
        edge: {
          kind: "load-balancer",
          to: "web",
          "health-check": { kind: "etcd-lease", renewal: "500 ms" },
        },
        web: { kind: "service", slots: 1, work: "1 s", fleet },
      },
      { faults: [{ of: "web", instances: "all", ...crash }] },
    );
    play.run(120);
    const ends = play.noted("health").map((line) => line.split(" ")[0]);
    const at = (time: string) => ends.filter((each) => each === time).length;
    expect([at("113"), at("113.5"), at("114"), ends.length]).toEqual([500, 500, 200, 1200]);
  });

  // The next leader is there at 105.5 and counts 10 s and an election timeout of 1 s from then on.
  test("an election after the death makes every lease last longer", () => {
    expect(ended({ elections: ["104 s"] })).toEqual({ count: 50, first: 116.5, last: 116.5 });
  });

  test("while nobody leads no lease ends, and an election alone takes nobody out", () => {
    expect(ended({ elections: ["104 s"], leaderless: "60 s" }).first).toBe(175);
    const play = etcd({ elections: ["104 s"], leaderless: "60 s" }, { ...crash, at: "299 s" });
    play.run(299);
    expect(play.noted("health")).toEqual([]);
  });

  // Renewed every 4 s at full speed; what comes 10.4 s after the one before is too late by 0.4 s, also
  // where the leader has not looked yet: it hears of it and registers within a look, 2.6 times as slow.
  test("a slow instance is taken for dead although it lives, and registers anew", () => {
    const slowed = (factor: number) => {
      const slow = { kind: "slow", at: "103 s", for: "300 s", factor };
      const play = etcd({ renewal: "4 s" }, slow);
      play.run(122);
      const down = span(play, "marked down");
      return { down, back: span(play, "marked up") };
    };
    expect(slowed(2.4).down.count).toBe(0); // 9.6 s
    const { down, back } = slowed(2.6);
    expect(down.count).toBe(50);
    expect(down.first).toBeGreaterThanOrEqual(103 + 10);
    expect(back.count).toBe(50);
    expect(back.last).toBeLessThanOrEqual(103 + 4 + 10.4 + 1.3);
  });
});

test.each([
  [{ ttl: "1500 ms" }, "ttl", "whole seconds"],
  [{ ttl: "5 s", renewal: "5 s" }, "renewal", "the lease runs out between two"],
  [{ heartbeat: "1 s" }, "election-timeout", "more than one heartbeat"],
  [{ elections: ["5 s", "6 s"] }, "elections", "rising instants"],
])("etcd does not do this: %j", (options, field, words) => {
  const [issue] = issuesIn(detectors, detectorSchema.parse({ kind: "etcd-lease", ...options }), []);
  expect(issue!.path[0]).toBe(field);
  expect(issue!.message).toContain(words);
});

describe("VRRP", () => {
  const pair = (fault: object, vrrp: object = {}) => {
    const play = new Rehearsal(
      {
        edge: { kind: "load-balancer", to: "web", "health-check": "none", vrrp },
        web: { kind: "service", slots: 9, work: "0 s" },
      },
      { faults: [{ kind: "balancer-crash", of: "edge", at: "10.25 s", ...fault }] },
    );
    return play;
  };
  const takeovers = (play: Rehearsal) =>
    play
      .noted("health")
      .filter((line) => line.endsWith("took over"))
      .map((line) => Number(line.split(" ")[0]));

  test("a backup of priority 100 takes over 3.609375 s after the last advert", () => {
    const play = pair({});
    for (const at of [9, 11, 14]) play.ask(at, "edge");
    play.run(60);
    // The last advert was at 10; (256 - 100)/256 s of skew. The call of 11 was swallowed.
    expect(takeovers(play)).toEqual([13.609375]);
    expect(play.endings).toEqual(["9 a ok", "13.609375 b lost", "14 c ok"]);
    expect(play.live).toBe(0);
  });

  test("the master that comes back preempts, without a gap, after 3 adverts and its own skew", () => {
    const play = pair({ repair: "20 s" });
    play.ask(33.5, "edge");
    play.run(60);
    expect(takeovers(play)).toEqual([13.609375, 30.25 + 3 + 106 / 256]);
    expect(play.endings).toEqual(["33.5 a ok"]);
  });

  test("also when a backup took over after it was back", () => {
    const play = pair({ repair: "1 s" });
    play.run(60);
    expect(takeovers(play)).toEqual([13.609375, 11.25 + 3 + 106 / 256]);
    const late = pair({ repair: "1 s" }, { "preempt-delay": "10 s" });
    late.run(60);
    expect(takeovers(late)).toEqual([13.609375, 11.25 + 10 + 3 + 106 / 256]);
  });

  test("and does not where that is forbidden", () => {
    const play = pair({ repair: "20 s" }, { preempt: false });
    play.run(60);
    expect(takeovers(play)).toEqual([13.609375]);
  });

  test("a stop in order takes the skew alone", () => {
    const play = pair({ graceful: true });
    play.run(60);
    expect(takeovers(play)).toEqual([10.25 + 156 / 256]);
  });

  test("of several the best takes over, and a dead backup changes nothing", () => {
    const three = { priorities: [100, 254, 200], advert: "2 s" };
    const play = pair({}, three);
    play.run(60);
    expect(takeovers(play)).toEqual([10 + 6 + 56 / 256]);
    const other = pair({ node: 1 }, three);
    other.run(60);
    expect(takeovers(other)).toEqual([]);
  });
});
