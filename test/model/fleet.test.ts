/** Instances come, go and die: who notices, what it costs their calls, and that nothing leaks. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal, type Platform } from "../support/rehearsal.ts";

/** One slot of ten seconds' work an instance; machines take 5 s to come and 10 s to start. */
const web = (fleet: object = {}, more: object = {}) => ({
  web: {
    kind: "service",
    slots: 1,
    work: "10 s",
    "health-check": "none",
    fleet: { provisioning: "5 s", "start-up": "10 s", "drain-timeout": "4 s", ...fleet },
    ...more,
  },
});

const zones = { instances: 3, zones: ["a", "b", "c"] };

describe("scaling out", () => {
  test("takes provisioning and start-up before the first call", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    const seen: string[][] = [];
    for (const at of [0, 2, 7, 17]) play.at(at, () => seen.push(play.states("web")));
    play.run(20);
    expect(seen).toEqual([
      ["ready"],
      ["ready", "provisioning"],
      ["ready", "starting"],
      ["ready", "ready"],
    ]);
    expect(play.noted("scaling", "fleet")).toEqual([
      "1 web scale out",
      "1 web-2 launch",
      "16 web-2 ready",
    ]);
  });

  test("spreads instances over the zones, the emptiest first and then as listed", () => {
    const play = new Rehearsal(web({ instances: 5, zones: ["a", "b", "c"] }));
    const where = () => play.fleet("web").instances.map(({ zone }) => zone);
    expect(where()).toEqual(["a", "b", "c", "a", "b"]);
    play.fleet("web").scaleTo(7, "more");
    expect(where()).toEqual(["a", "b", "c", "a", "b", "c", "a"]);
  });

  test("leaves out a zone that is out, and waits when all are", () => {
    const outage = (zone: string) => ({ kind: "zone-outage", zone, at: "1 s", for: "60 s" });
    const play = new Rehearsal(web({ instances: 2, zones: ["a", "b"] }), {
      faults: [outage("b")],
    });
    play.at(2, () => play.fleet("web").scaleTo(4, "more"));
    play.run(3);
    expect(play.fleet("web").instances.map(({ zone }) => zone)).toEqual(["a", "b", "a", "a"]);

    const dark = new Rehearsal(web({ instances: 2, zones: ["a", "b"] }), {
      faults: [outage("a"), outage("b")],
    });
    dark.at(2, () => dark.fleet("web").scaleTo(4, "more"));
    dark.run(3);
    expect(dark.states("web")).toEqual(["crashed", "crashed"]);
    dark.run(100);
    expect(dark.states("web")).toEqual(["ready", "ready", "ready", "ready"]);
  });

  test("counts instance-time by state, and all of it", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(20);
    const fleet = play.fleet("web");
    fleet.settle();
    const [provisioning, starting, ready] = [...fleet.stateTime].map((time) => time / SECOND);
    expect({ provisioning, starting, ready }).toEqual({
      provisioning: 5,
      starting: 10,
      ready: 20 + 4,
    });
  });
});

describe("scaling in", () => {
  test("takes what is not ready yet first, then the youngest", () => {
    const play = new Rehearsal(web({ instances: 3 }));
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    play.at(2, () => play.fleet("web").scaleTo(2, "less"));
    play.run(3);
    expect(play.states("web")).toEqual(["ready", "ready", "gone", "gone"]);
  });

  test("lets a draining instance finish what it has, and sends it nothing new", () => {
    const play = new Rehearsal(web({ instances: 2, "drain-timeout": "60 s" }));
    for (const at of [0, 0, 2, 2]) play.ask(at, "web"); // a on 1, b on 2, c on 1, d on 2
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(12);
    expect(play.states("web")).toEqual(["ready", "gone"]);
    play.run(60);
    expect(play.endings).toEqual(["10 a ok", "10 b ok", "20 c ok", "30 d ok"]);
  });

  test("stops it at the drain-timeout, and its calls are lost", () => {
    const play = new Rehearsal(web({ instances: 2 }));
    for (const at of [0, 0, 0, 0]) play.ask(at, "web");
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(play.endings).toEqual(["5 b lost", "5 d lost", "10 a ok", "20 c ok"]);
    expect(play.live).toBe(0);
  });

  test("ends at once an instance that has nothing to do", () => {
    const play = new Rehearsal(web({ instances: 2 }));
    play.at(1, () => play.fleet("web").scaleTo(1, "less"));
    play.run(1);
    expect(play.states("web")).toEqual(["ready", "gone"]);
  });

  test("out and in again within a start-up leaves no instance behind", () => {
    const play = new Rehearsal(web());
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.at(3, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "gone", "gone"]);
  });
});

describe("a crash", () => {
  const crash = (more: object = {}): Platform => ({
    faults: [{ kind: "crash", of: "web", at: "3 s", ...more }],
  });

  test("loses what the instance works on and what waits there, and refuses what comes", () => {
    const play = new Rehearsal(web(), crash({ repair: "20 s" }));
    for (const at of [0, 1, 2, 4, 30, 34]) play.ask(at, "web");
    play.run(60);
    // Repaired at 23, ready again at 33.
    expect(play.endings).toEqual([
      "3 a lost",
      "3 b lost",
      "3 c lost",
      "4 d refused",
      "30 e refused",
      "44 f ok",
    ]);
    expect(play.noted("fate", "fleet")).toEqual(["3 web-1 crash", "33 web-1 ready"]);
    expect(play.part("web").read().busyTime).toBe((3 + 10) * SECOND);
  });

  test("that nothing repairs is answered with a replacement, if the fleet replaces", () => {
    const play = new Rehearsal(web({ "replace-after": "7 s" }), crash());
    play.ask(26, "web");
    play.run(60);
    expect(play.states("web")).toEqual(["gone", "ready"]);
    expect(play.noted("fleet")).toEqual(["10 web-2 launch", "25 web-2 ready"]);
    expect(play.endings).toEqual(["36 a ok"]);
  });

  test("and with nothing, if it does not", () => {
    const play = new Rehearsal(web(), crash());
    play.run(600);
    expect(play.states("web")).toEqual(["crashed"]);
  });

  test("a crashed instance still counts, so that nobody launches a second one in its place", () => {
    const play = new Rehearsal(web({ instances: 2 }), crash({ repair: "20 s" }));
    play.at(5, () => play.fleet("web").scaleTo(3, "more"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "ready", "ready"]);
  });

  test("a repair comes too late for an instance that was scaled in meanwhile", () => {
    const play = new Rehearsal(web({ instances: 2 }), crash({ repair: "20 s", instances: "all" }));
    play.at(5, () => play.fleet("web").scaleTo(1, "less"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "gone"]);
  });

  test("a second one finds nothing to kill in an instance that is down", () => {
    const second = { kind: "crash", of: "web", at: "8 s", instances: "all", repair: "2 s" };
    const play = new Rehearsal(web(), {
      faults: [{ kind: "crash", of: "web", at: "3 s", repair: "20 s" }, second],
    });
    play.run(60);
    expect(play.noted("fate", "fleet")).toEqual(["3 web-1 crash", "33 web-1 ready"]);
  });

  test("by chance strikes again after each return, counted from when it was ready", () => {
    const play = new Rehearsal(web(), {
      faults: [{ kind: "crash", of: "web", "time-between": "50 s", repair: "5 s" }],
    });
    play.run(140);
    // Ready at 0; crash at 50, back at 50 + 5 + 10 = 65; crash at 115, back at 130.
    expect(play.noted("fate", "fleet")).toEqual([
      "50 web-1 crash",
      "65 web-1 ready",
      "115 web-1 crash",
      "130 web-1 ready",
    ]);
  });

  test("without a word leaves callers waiting until it is heard of again", () => {
    const play = new Rehearsal(web(), crash({ silent: true, repair: "20 s" }));
    play.ask(0, "web");
    play.ask(4, "web");
    play.ask(4, "web", { timeout: "2 s" });
    play.run(60);
    expect(play.endings).toEqual(["6 c timed-out", "23 a lost", "23 b lost"]);
    expect(play.live).toBe(0);
  });

  test("a caller who tries again at that moment is refused, not swallowed a second time", () => {
    const retry = { attempts: 2, backoff: { kind: "immediate" } };
    const play = new Rehearsal(web(), crash({ silent: true, repair: "20 s" }));
    play.ask(0, "web", { retry });
    play.run(60);
    expect(play.endings).toEqual(["23 a refused"]);
    expect(play.live).toBe(0);
  });

  test("the same when the silent instance is replaced", () => {
    const retry = { attempts: 2, backoff: { kind: "immediate" } };
    const play = new Rehearsal(web({ "replace-after": "7 s" }), crash({ silent: true }));
    play.ask(1, "web", { retry });
    play.run(60);
    expect(play.endings).toEqual(["10 a refused"]);
    expect(play.live).toBe(0);
  });
});

test("a crash tells callers in the order in which they called, also where all called at one instant", () => {
  const play = new Rehearsal(web({}, { slots: 9 }), {
    faults: [{ kind: "crash", of: "web", at: "20 s" }],
  });
  for (const at of [0, 0, 1, 1]) play.ask(at, "web"); // their records are used again, last freed first
  for (const at of [15, 15, 15, 15]) play.ask(at, "web");
  play.run(30);
  expect(play.endings.slice(4)).toEqual(["20 e lost", "20 f lost", "20 g lost", "20 h lost"]);
});

describe("a crash of a caller whose calls are out", () => {
  const chain = {
    ...web({}, { work: undefined, operations: { sell: [{ call: "store" }, { work: "1 s" }] } }),
    store: { kind: "service", slots: 1, work: "10 s" },
  };

  test("loses the caller's call; the callee goes on, and its answer finds nobody", () => {
    const play = new Rehearsal(chain, { faults: [{ kind: "crash", of: "web", at: "3 s" }] });
    play.ask(0, "web.sell");
    play.ask(1, "web.sell");
    play.run(2);
    expect(play.live).toBe(3); // b waits for the one slot of web
    play.run(5);
    expect(play.endings).toEqual(["3 a lost", "3 b lost"]);
    expect(play.live).toBe(2); // a's record stays until its own call is back
    play.run(60);
    expect(play.live).toBe(0);
    expect(play.counts("store")).toEqual({ arrived: 1, ok: 1 });
  });

  test("also when it falls silent, whichever comes first: the answer or the end of the silence", () => {
    for (const repair of ["4 s", "40 s"]) {
      const faults = [{ kind: "crash", of: "web", at: "3 s", silent: true, repair }];
      const play = new Rehearsal(chain, { faults });
      play.ask(0, "web.sell");
      play.run(100);
      expect(play.endings).toEqual([`${3 + Number(repair.slice(0, -2))} a lost`]);
      expect(play.live).toBe(0);
      expect(play.counts("store")).toEqual({ arrived: 1, ok: 1 });
    }
  });

  test("a call of a dead caller that fails is not tried again", () => {
    const retry = { attempts: 5, backoff: { kind: "immediate" } };
    const steps = [{ call: "store", timeout: "4 s", retry }];
    const parts = { ...chain, ...web({}, { work: undefined, operations: { sell: steps } }) };
    const play = new Rehearsal(parts, { faults: [{ kind: "crash", of: "web", at: "3 s" }] });
    play.ask(0, "web.sell");
    play.run(60);
    expect(play.counts("store")).toEqual({ arrived: 1, "timed-out": 1 });
    expect(play.live).toBe(0);
  });
});

describe("a zone outage", () => {
  const outage = (more: object = {}): object => ({
    kind: "zone-outage",
    zone: "b",
    at: "3 s",
    for: "20 s",
    ...more,
  });

  test("is silent: only timeouts tell; then its instances start again, all at the same time", () => {
    const play = new Rehearsal(web(zones), { faults: [outage()] });
    for (const at of [0, 1, 2]) play.ask(at, "web"); // b is in the zone
    for (const at of [4, 4, 4]) play.ask(at, "web", { timeout: "9 s" }); // so is e
    play.run(60);
    expect(play.endings).toEqual([
      "10 a ok",
      "12 c ok",
      "13 d timed-out",
      "13 e timed-out",
      "13 f timed-out",
      "23 b lost",
    ]);
    expect(play.noted("fleet")).toEqual(["33 web-2 ready"]);
    expect(play.live).toBe(0);
  });

  test("hits every fleet that has instances there", () => {
    const store = { kind: "service", slots: 1, work: "1 s", fleet: { zones: ["b"] } };
    const play = new Rehearsal({ ...web(zones), store }, { faults: [outage()] });
    play.run(5);
    expect([play.states("web"), play.states("store")]).toEqual([
      ["ready", "crashed", "ready"],
      ["crashed"],
    ]);
    expect(play.reasons("fate")).toEqual(["3: zone b out; 2 instances fall silent"]);
  });

  test("overlapped by another ends when the last of them does", () => {
    const play = new Rehearsal(web(zones), {
      faults: [outage(), outage({ at: "13 s", for: "30 s" })],
    });
    const seen: string[] = [];
    for (const at of [12, 24, 42, 54]) play.at(at, () => seen.push(play.states("web")[1]!));
    play.run(60);
    expect(seen).toEqual(["crashed", "crashed", "crashed", "ready"]);
    expect(play.noted("fleet")).toEqual(["53 web-2 ready"]);
  });

  test("keeps an instance down whose own repair is done", () => {
    const fault = { kind: "crash", of: "web", at: "1 s", repair: "9 s", instances: "all" };
    const play = new Rehearsal(web(zones), { faults: [fault, outage()] });
    play.run(60);
    expect(play.noted("fleet")).toEqual(["20 web-1 ready", "20 web-3 ready", "33 web-2 ready"]);
  });

  test("kills an instance that was on its way up, which begins again afterwards", () => {
    const play = new Rehearsal(web({ instances: 1, zones: ["a", "b"] }), { faults: [outage()] });
    play.at(1, () => play.fleet("web").scaleTo(2, "more")); // would be ready at 16
    play.ask(40, "web");
    play.ask(40, "web");
    play.run(60);
    expect(play.noted("fleet")).toEqual(["1 web-2 launch", "33 web-2 ready"]);
    expect(play.endings).toEqual(["50 a ok", "50 b ok"]);
  });
});

describe("an instance that dies while it drains", () => {
  const dying = (drainTimeout: string) => {
    const play = new Rehearsal(web({ ...zones, "drain-timeout": drainTimeout }), {
      faults: [{ kind: "zone-outage", zone: "c", at: "3 s", for: "20 s" }],
    });
    for (const at of [0, 0, 0]) play.ask(at, "web"); // c is on the third
    play.at(1, () => play.fleet("web").scaleTo(2, "less"));
    return play;
  };

  test("does not count any more, and does not come back with its zone", () => {
    const play = dying("60 s");
    play.run(5);
    expect(play.fleet("web").size).toBe(2);
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "ready", "gone"]);
    expect(play.endings).toEqual(["10 a ok", "10 b ok", "23 c lost"]);
  });

  test("is gone at the drain-timeout at the latest", () => {
    const play = dying("4 s");
    play.run(60);
    expect(play.endings).toEqual(["5 c lost", "10 a ok", "10 b ok"]);
    expect(play.live).toBe(0);
  });

  test("makes no room that a later scaling would have to find", () => {
    const play = dying("60 s");
    play.at(5, () => play.fleet("web").scaleTo(3, "more"));
    play.run(60);
    expect(play.states("web")).toEqual(["ready", "ready", "gone", "ready"]);
  });
});

describe("slow instances", () => {
  const slow = (more: object = {}) => ({ kind: "slow", of: "web", factor: 2, ...more });

  test("take work in progress along: what is left takes so many times as long", () => {
    const play = new Rehearsal(web(), { faults: [slow({ at: "4 s", for: "6 s" })] });
    play.ask(0, "web");
    play.ask(0, "web");
    play.run(60);
    // a: 4 s of work done by 4, 3 more by 10 at half speed, the last 3 by 13. b: 13 to 23.
    expect(play.endings).toEqual(["13 a ok", "23 b ok"]);
  });

  test("multiply where two such faults overlap", () => {
    const faults = [slow({ at: "0 s", for: "20 s" }), slow({ at: "4 s", for: "8 s", factor: 4 })];
    const play = new Rehearsal(web(), { faults });
    play.ask(1, "web");
    play.run(60);
    // Work done: 1.5 s by 4, then 8 s at an eighth: 2.5 s by 12, then at half: 6.5 s by 20; 3.5 s left.
    expect(play.endings).toEqual(["23.5 a ok"]);
  });

  test("are as fast as ever after a crash, whenever the fault ends", () => {
    const faults = [
      slow({ at: "1 s", for: "60 s", factor: 4 }),
      { kind: "crash", of: "web", at: "2 s", repair: "1 s" }, // ready at 13
      slow({ at: "50 s", for: "40 s", factor: 2 }),
    ];
    const play = new Rehearsal(web(), { faults });
    play.ask(20, "web");
    play.ask(62, "web"); // the first fault has ended, the third has not
    play.ask(95, "web");
    play.run(200);
    expect(play.endings).toEqual(["30 a ok", "82 b ok", "105 c ok"]);
  });

  test("slow down computing and what waits for a core as well", () => {
    const parts = web({}, { slots: 9, work: undefined, operations: { go: [{ cpu: "10 s" }] } });
    const play = new Rehearsal(parts, { faults: [slow({ at: "5 s", for: "100 s" })] });
    play.ask(0, "web.go");
    play.ask(0, "web.go");
    play.run(60);
    expect(play.endings).toEqual(["15 a ok", "35 b ok"]);
  });
});
