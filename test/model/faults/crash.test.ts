/** Instances die: who notices, what becomes of their calls, and that nothing leaks. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../../src/kernel/time.ts";
import { faults, faultSchema } from "../../../src/model/faults/index.ts";
import { issuesIn } from "../../../src/schema/definition.ts";
import { Rehearsal, type Platform } from "../../support/rehearsal.ts";
import { threeZones, web } from "../../support/web.ts";

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

  test.each([
    ["crash", { repair: "5 s" }],
    ["hang", { repair: "5 s" }],
    ["spot-reclaim", { notice: "1 s" }],
    ["breakdown", { for: "1 s" }],
  ])("%s by chance in one zone spares the others", (kind, more) => {
    const play = new Rehearsal(web(threeZones), {
      faults: [{ kind, of: "web", zone: "b", "time-between": "50 s", ...more }],
    });
    play.run(60);
    const [noted, ...others] = play.noted("fate");
    expect(noted).toMatch(/^50 web-2 /);
    expect(others).toEqual([]);
  });

  test.each([
    ["crash", { share: "30 %" }, "share"],
    ["hang", { instances: 2 }, "instances"],
    ["spot-reclaim", { instances: 2 }, "instances"],
    ["breakdown", { share: "30 %", for: "1 s" }, "share"],
  ])("%s of so many at once needs an instant: %j", (kind, more, field) => {
    const spec = faultSchema.parse({ kind, of: "web", "time-between": "1 h", ...more });
    const [issue] = issuesIn(faults, spec, []);
    expect(issue!.path.join(".")).toBe(field);
    expect(issue!.message).toContain("a clock of its own");
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

  test("also behind a load balancer: the answer to a dead call does not bring it back to work", () => {
    const play = new Rehearsal(
      {
        edge: { kind: "load-balancer", to: "web" },
        web: {
          kind: "service",
          slots: 2,
          operations: { sell: [{ call: "far" }, { work: "1 s" }] },
        },
        far: { kind: "service", slots: 2, work: "5 s" },
      },
      { faults: [{ kind: "crash", of: "web", at: "1 s", repair: "1 s" }] },
    );
    play.ask(0, "edge.sell");
    play.run(100);
    expect(play.endings).toEqual(["1 a lost"]);
    expect(play.part("web").read().slotBusyTime).toBe(SECOND);
    expect(play.live).toBe(0);
  });
});
