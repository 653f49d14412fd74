/** Limits, waiting, backups and panic at a load balancer, in calls whose times can be worked out. */
import { describe, expect, test } from "vitest";
import { parts, partSchema } from "../../../src/model/parts/index.ts";
import { Rehearsal, type Platform } from "../../support/rehearsal.ts";

/** Two instances with room for all, a second of work each. */
const shop = (edge: object, fleet: object = {}) => ({
  edge: { kind: "load-balancer", to: "web", ...edge },
  web: {
    kind: "service",
    slots: 100,
    work: "1 s",
    fleet: { instances: 2, "start-up": "0 s", ...fleet },
  },
});

function endings(edge: object, asks: readonly number[], platform: Platform = {}): string[] {
  const play = new Rehearsal(shop(edge), platform);
  for (const at of asks) play.ask(at, "edge");
  play.run(60);
  expect(play.live).toBe(0);
  return play.endings;
}

describe("max-calls", () => {
  test("calls beyond it are dropped when they may not wait", () => {
    expect(endings({ "max-calls": 1 }, [0, 0, 0, 1.5])).toEqual([
      "0 c dropped",
      "1 a ok",
      "1 b ok",
      "2.5 d ok",
    ]);
  });

  test("calls that may wait are sent on as soon as there is room, the oldest first", () => {
    expect(endings({ "max-calls": 1, queue: {} }, [0, 0.5, 0.6, 0.7, 0.8])).toEqual([
      "1 a ok",
      "1.5 b ok",
      "2 c ok",
      "2.5 d ok",
      "3 e ok",
    ]);
  });

  test("nobody waits longer than the queue's timeout", () => {
    const queue = { timeout: "1.5 s" };
    expect(endings({ "max-calls": 1, queue }, [0, 0, 0, 0, 0, 0.7])).toEqual([
      "1 a ok",
      "1 b ok",
      "1.5 e reneged",
      "2 c ok",
      "2 d ok",
      "3 f ok", // its own time would have been over at 2.2
    ]);
  });

  test("a full queue drops", () => {
    const queue = { limit: 1 };
    expect(endings({ "max-calls": 1, queue }, [0, 0, 0, 0])).toEqual([
      "0 d dropped",
      "1 a ok",
      "1 b ok",
      "2 c ok",
    ]);
  });

  test("holds under every algorithm for which it matters", () => {
    for (const balancer of ["random", "uri-hash", "first", "least-connections", "maglev"]) {
      const play = new Rehearsal(shop({ "max-calls": 3, queue: {}, balancer }, { instances: 4 }));
      for (let call = 0; call < 24; call++) play.ask(0, "edge", { key: 7 });
      play.run(60);
      // Twelve at a time, whatever the hash says.
      expect(play.endings.filter((ending) => ending.startsWith("1 "))).toHaveLength(12);
      expect(play.endings.filter((ending) => ending.startsWith("2 "))).toHaveLength(12);
    }
  });
});

describe("backup-zones", () => {
  const fleet = { zones: ["a", "b"] };
  const outage = { faults: [{ kind: "zone-outage", zone: "a", at: "10 s", for: "100 s" }] };

  test("take calls only while nobody else is left", () => {
    const play = new Rehearsal(
      shop({ "backup-zones": ["b"], "max-calls": 1, queue: {} }, fleet),
      outage,
    );
    for (const at of [0, 0, 20, 20]) play.ask(at, "edge");
    play.run(60);
    // One after the other, first on the one, later on the other.
    expect(play.endings).toEqual(["1 a ok", "2 b ok", "21 c ok", "22 d ok"]);
  });
});

describe("panic-below", () => {
  const crash = (instances: number | "all") => ({
    faults: [{ kind: "crash", of: "web", at: "10 s", instances }],
  });
  const sent = (edge: object, instances: number | "all") => {
    const play = new Rehearsal(shop(edge, { instances: 4 }), crash(instances));
    for (let call = 0; call < 8; call++) play.ask(20, "edge");
    play.run(60);
    return play.counts("web");
  };

  test("without it nothing is sent when all are down", () => {
    expect(sent({}, "all")).toEqual({ arrived: 0 });
  });

  test("with it all are used once too few are up, dead or alive", () => {
    const half = { "panic-below": "50 %" };
    expect(sent(half, "all")).toEqual({ arrived: 8, refused: 8 });
    expect(sent(half, 3)).toEqual({ arrived: 8, ok: 2, refused: 6 }); // one of four in turn
    expect(sent(half, 2)).toEqual({ arrived: 8, ok: 8 }); // half is not below half
  });
});

test("slow-start: a backend that is up again begins with one call in seventeen", () => {
  const edge = { balancer: "smooth-weighted-round-robin", "slow-start": "10 min" };
  const play = new Rehearsal(shop({ ...edge, "health-check": { kind: "active" } }), {
    faults: [{ kind: "crash", of: "web", at: "10 s", repair: "8 s" }],
  });
  // Down by 16, up between 20 and 22; 68 calls at 23 while it is at a sixteenth.
  for (let call = 0; call < 68; call++) play.ask(23, "edge");
  const busy: number[] = [];
  play.at(23.5, () => {
    busy.push(...play.part("web").service!.stations.map((station) => station.busy));
  });
  play.run(30);
  expect(busy.sort((one, other) => one - other)).toEqual([4, 64]);
});

test("observe without an active health check is a mistake", () => {
  const checked = (edge: object) =>
    parts.find(({ kind }) => kind === "load-balancer")!.check!(
      partSchema.parse({ kind: "load-balancer", to: "web", ...edge }) as never,
    );
  expect(checked({ "passive-check": "observe" })).toEqual([]);
  expect(checked({ "passive-check": "max-fails", "health-check": "none" })).toEqual([]);
  expect(checked({ "passive-check": "observe", "health-check": "none" })).toMatchObject([
    { path: ["passive-check"] },
  ]);
});

test("a newcomer gets calls after its first good probe, where that is asked for", () => {
  const ended = (check: object) => {
    const fleet = { instances: 1, provisioning: "0 s", "start-up": "0 s" };
    const edge = {
      kind: "load-balancer",
      to: "web",
      "health-check": { interval: "10 s", ...check },
    };
    const web = { kind: "service", slots: 1, work: "1 s", fleet };
    const grow = { kind: "schedule", at: [["20 s", 2]] };
    const play = new Rehearsal({ edge, web }, { autoscalers: { web: grow } });
    for (const at of [21, 21, 24, 24]) play.ask(at, "edge");
    play.run(60);
    return play.endings.map((ending) => Number(ending.split(" ")[0]));
  };
  expect(ended({})).toEqual([22, 22, 25, 25]);
  // The first probe of the second instance comes 0.236 intervals after it: at 22.36 s.
  expect(ended({ newcomers: "checked", rise: 5 })).toEqual([22, 23, 25, 25]);
  expect(ended({ newcomers: "checked", interval: "30 s" })).toEqual([22, 23, 25, 26]);
});
