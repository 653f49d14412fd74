/** Faults that calls meet at a part: what each call gets, worked out by hand. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../../support/rehearsal.ts";

/** Two instances, taken in turns, a second of work. */
const shop = (more: object = {}) => ({
  edge: { kind: "load-balancer", to: "web", "health-check": "none" },
  web: { kind: "service", slots: 4, work: "1 s", fleet: { instances: 2 }, ...more },
});
const night = (fault: object, parts: Record<string, object> = shop()) =>
  new Rehearsal(parts, { faults: [{ of: "web", at: "10 s", for: "5 s", ...fault }] });

describe("errors", () => {
  test("come at once and without work from the instances that are ill, and end", () => {
    const play = night({ kind: "errors" });
    for (const at of [8, 9, 11, 12, 13, 14, 16, 17]) play.ask(at, "edge");
    play.run(30);
    expect(play.endings.filter((ending) => ending.endsWith("error"))).toHaveLength(2);
    expect(play.counts("web")).toEqual({ arrived: 8, ok: 6, error: 2 });
    expect(play.part("web").read().servedCount).toBe(6);
  });

  test("of a share strike that share of the calls", () => {
    const play = night({ kind: "errors", instances: "all", rate: "30 %", for: "4000 s" });
    for (let at = 20; at < 4000; at++) play.ask(at, "web");
    play.run(5000);
    // Binomial(3980, 0.3): 1194 with a standard deviation of 29.
    expect(Math.abs(play.counts("web")["error"]! - 1194)).toBeLessThan(3.5 * 29);
  });
});

test("a delay holds calls before they come in, and the instance works on as before", () => {
  const play = night({ kind: "delay", latency: "3 s", instances: "all" });
  for (const at of [9, 11, 14, 15.5]) play.ask(at, "web");
  play.run(30);
  expect(play.endings).toEqual(["10 a ok", "15 b ok", "16.5 d ok", "18 c ok"]);
});

test("a call that was cancelled while it was held does not come in", () => {
  const play = night({ kind: "delay", latency: "3 s", instances: "all" });
  play.ask(11, "web", { timeout: "1 s", cancellation: "propagate" });
  play.run(30);
  expect(play.endings).toEqual(["12 a timed-out"]);
  expect(play.part("web").read().servedCount).toBe(0);
  expect(play.live).toBe(0);
});

describe("an outage", () => {
  test.each([
    ["error", "11 a error"],
    ["refused", "11 a refused"],
    ["nothing", "15 a lost"],
  ])("that answers %s", (answer, ending) => {
    const play = night({ kind: "outage", answer });
    play.ask(11, "web");
    play.ask(15.5, "web");
    play.run(30);
    expect(play.endings).toEqual([ending, "16.5 b ok"]);
    expect(play.live).toBe(0);
  });

  test("is also of parts without instances of their own", () => {
    const play = night({ kind: "outage", of: "edge", answer: "refused" });
    play.ask(11, "edge");
    play.run(30);
    expect(play.endings).toEqual(["11 a refused"]);
    expect(play.counts("web")).toEqual({ arrived: 0 });
  });

  test("without a word leaves it to the time-out, and the call is lost to nobody", () => {
    const play = night({ kind: "outage", answer: "nothing" });
    play.ask(11, "web", {
      timeout: "1.5 s",
      retry: { attempts: 2, backoff: { kind: "immediate" } },
    });
    play.run(30);
    // The second try at 12.5 hears nothing either; at 15 both are lost, to nobody.
    expect(play.endings).toEqual(["14 a timed-out"]);
    expect(play.live).toBe(0);
  });
});

test("a full disk fails what writes and reads as before", () => {
  const play = new Rehearsal(
    { stock: { kind: "database", slots: 1, read: "1 s", write: "1 s" } },
    { faults: [{ kind: "full-disk", of: "stock", at: "10 s", for: "5 s" }] },
  );
  for (const at of [8, 11, 16]) {
    play.ask(at, "stock.write");
    play.ask(at + 1, "stock.read");
  }
  play.run(30);
  expect(play.endings).toEqual([
    "9 a ok",
    "10 b ok",
    "11 c error",
    "13 d ok",
    "17 e ok",
    "18 f ok",
  ]);
});

describe("capacity loss", () => {
  test("takes slots from those to come, and gives them back to those who wait", () => {
    const play = night(
      { kind: "capacity-loss", lost: "50 %", instances: "all" },
      {
        web: { kind: "service", slots: 2, work: "4 s", "health-check": "none" },
      },
    );
    // Two at work when one slot is lost: both end; then one at a time until 15.
    for (const at of [9, 9, 12, 12, 12]) play.ask(at, "web");
    play.run(40);
    expect(play.endings).toEqual(["13 a ok", "13 b ok", "17 c ok", "19 d ok", "21 e ok"]);
  });
});

describe("a memory leak", () => {
  test("kills an instance at the call that takes the last of it, and again after a restart", () => {
    const play = new Rehearsal(
      { web: { kind: "service", slots: 9, work: "5 s", fleet: { "start-up": "2 s" } } },
      {
        faults: [
          {
            kind: "memory-leak",
            of: "web",
            memory: "3 MB",
            "per-call": "1 MB",
            restart: { first: "10 s", most: "15 s" },
          },
        ],
      },
    );
    for (const at of [0, 10, 20, 40, 41, 42, 70, 71, 72]) play.ask(at, "web");
    play.run(200);
    expect(play.endings.slice(0, 3)).toEqual(["5 a ok", "15 b ok", "20 c lost"]);
    // Back-off 10 s, then 20 s cut to 15 s, and 2 s of start-up each time.
    expect(play.noted("fate", "fleet")).toEqual([
      "20 web-1 crash",
      "32 web-1 ready",
      "42 web-1 crash",
      "59 web-1 ready",
      "72 web-1 crash",
      "89 web-1 ready",
    ]);
  });
});

describe("a hang", () => {
  const hung = (more: object = {}, health: object | string = "none") =>
    new Rehearsal(
      {
        web: {
          kind: "service",
          slots: 4,
          work: "500 ms",
          "health-check": health,
          fleet: { "start-up": "5 s" },
        },
      },
      { faults: [{ kind: "hang", of: "web", at: "10 s", repair: "20 s", ...more }] },
    );

  test("answers nobody until the instance is killed; then what it had is lost", () => {
    const play = hung();
    for (const at of [9.8, 11, 36]) play.ask(at, "web");
    play.run(60);
    expect(play.endings).toEqual(["30 a lost", "30 b lost", "36.5 c ok"]);
    expect(play.noted("fate", "fleet")).toEqual(["10 web-1 hang", "35 web-1 ready"]);
    expect(play.live).toBe(0);
  });

  test("is not seen by checks that connect, and is by checks that ask", () => {
    const seen = (probe: string) => {
      const play = hung({}, { kind: "active", probe });
      play.ask(0, "web");
      play.run(29);
      return play.noted("health");
    };
    expect(seen("connection")).toEqual([]);
    // Sent every 2 s from 1.236 s on; those of 11.236 to 15.236 wait a second in vain.
    expect(seen("request")).toHaveLength(1);
    expect(Number(seen("request")[0]!.split(" ")[0])).toBeCloseTo(15.236 + 1, 3);
  });
});

test("a rack takes its instances of every part with it, without a word", () => {
  const fleet = { instances: 4, "start-up": "0 s" };
  const play = new Rehearsal(
    {
      web: { kind: "service", slots: 1, work: "1 s", fleet },
      stock: { kind: "database", slots: 1, fleet },
    },
    {
      faults: [
        { kind: "rack-outage", of: ["web", "stock"], racks: 3, rack: 1, at: "5 s", repair: "9 s" },
      ],
    },
  );
  play.run(6);
  const dead = ["crashed", "ready", "ready", "crashed"];
  expect([play.states("web"), play.states("stock")]).toEqual([dead, dead]);
  expect(play.fleet("web").instances[0]!.silent).toBe(true);
  play.run(20);
  expect(play.states("web")).toEqual(["ready", "ready", "ready", "ready"]);
});

test("spot instances finish what they can within the notice while others are launched", () => {
  const play = new Rehearsal(
    {
      web: {
        kind: "service",
        slots: 1,
        work: "90 s",
        fleet: { instances: 2, provisioning: "30 s", "start-up": "10 s" },
      },
    },
    { faults: [{ kind: "spot-reclaim", of: "web", at: "60 s", instances: 2 }] },
  );
  play.ask(10, "web"); // ends at 100, before the notice does
  play.ask(110, "web"); // finds the new ones, ready at 100
  play.run(59);
  play.ask(59.5, "web"); // would end at 149.5 + …: within the notice of 120 s
  play.run(400);
  expect(play.states("web")).toEqual(["gone", "gone", "ready", "ready"]);
  expect(play.noted("fleet").filter((line) => line.endsWith("ready"))).toEqual([
    "100 web-3 ready",
    "100 web-4 ready",
  ]);
  expect(play.endings).toEqual(["100 a ok", "149.5 c ok", "200 b ok"]);
});

test("a call that outlasts the notice is lost with its instance", () => {
  const play = new Rehearsal(
    { web: { kind: "service", slots: 1, work: "200 s" } },
    { faults: [{ kind: "spot-reclaim", of: "web", at: "60 s" }] },
  );
  play.ask(10, "web");
  play.run(400);
  expect(play.endings).toEqual(["180 a lost"]);
});

test("a cache that is flushed fetches again what it had", () => {
  const play = new Rehearsal(
    {
      kept: { kind: "cache", behind: "stock", capacity: 10 },
      stock: { kind: "database", slots: 1, read: "1 s" },
    },
    { faults: [{ kind: "cache-flush", of: "kept", at: "10 s" }] },
  );
  for (const at of [0, 5, 11, 15]) play.ask(at, "kept", { key: 7 });
  play.run(30);
  expect(play.endings).toEqual(["1 a ok", "5 b ok", "12 c ok", "15 d ok"]);
});

test("a fault by chance comes again, counted from the end of the last one", () => {
  const play = night({
    kind: "slow",
    factor: 2,
    at: undefined,
    "time-between": "20 s",
    instances: "all",
  });
  play.run(80);
  expect(play.noted("fate")).toEqual(["20 web slow", "45 web slow", "70 web slow"]);
});

test("a share, and a zone, choose among the instances", () => {
  const fleet = { instances: 10, zones: ["a", "b"] };
  const part = { kind: "service", slots: 1, work: "1 s", fleet };
  const play = new Rehearsal(
    { web: part, more: part },
    {
      faults: [
        { kind: "crash", of: "web", at: "5 s", share: "30 %" },
        { kind: "crash", of: "more", at: "5 s", instances: "all", zone: "b" },
      ],
    },
  );
  play.run(6);
  const dead = (name: string) =>
    play.fleet(name).instances.filter(({ state }) => state === "crashed");
  expect(dead("web")).toHaveLength(3);
  expect(dead("more").map(({ zone }) => zone)).toEqual(["b", "b", "b", "b", "b"]);
});
