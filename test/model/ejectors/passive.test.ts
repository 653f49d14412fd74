/** What load balancers conclude from calls that fail, played through a platform. */
import { describe, expect, test } from "vitest";
import { Kernel } from "../../../src/kernel/kernel.ts";
import { SECOND } from "../../../src/kernel/time.ts";
import { Agenda } from "../../../src/model/agenda.ts";
import { ejectors, ejectorSchema } from "../../../src/model/ejectors/index.ts";
import { Instance } from "../../../src/model/instance.ts";
import { ERROR, OK } from "../../../src/model/outcomes.ts";
import { make } from "../../../src/schema/definition.ts";
import { Rehearsal, type Platform } from "../../support/rehearsal.ts";

const shop = (edge: object, instances: number) => ({
  edge: { kind: "load-balancer", to: "web", "health-check": "none", ...edge },
  web: {
    kind: "service",
    slots: 100,
    work: "1 s",
    fleet: { instances, "start-up": "0 s" },
  },
});

const crash = (more: object = {}): Platform => ({
  faults: [{ kind: "crash", of: "web", at: "10 s", ...more }],
});

/** "24 ejected": when what was noted, whoever it was. */
const notes = (play: Rehearsal) => play.noted("health").map((note) => note.replace(/ web-\d+/, ""));

describe("nginx: max_fails 1, fail_timeout 10 s", () => {
  const edge = { "passive-check": "max-fails", tries: 2 };

  test("one failure, then silence for 10 to 11 s, then exactly one call as the probe", () => {
    const play = new Rehearsal(shop(edge, 2), crash());
    // Fifty calls at each instant; the clock of the product has whole seconds.
    const refused: number[] = [];
    for (const at of [20, 20.5, 25, 30.9, 31.05, 31.2, 41.9, 42.05, 42.2]) {
      for (let call = 0; call < 50; call++) play.ask(at, "edge");
      play.at(at + 0.05, () => refused.push(play.counts("web")["refused"] ?? 0));
    }
    play.run(60);
    expect(refused).toEqual([1, 1, 1, 1, 2, 2, 2, 3, 3]);
    expect(play.counts("edge")["ok"]).toBe(450); // whoever met the dead one was sent on
  });

  test("a probe that is answered brings the server back, and until then others keep away", () => {
    const play = new Rehearsal(shop(edge, 2), crash({ repair: "15 s" }));
    for (const at of [20, 20, 31.5, 31.5, 33]) play.ask(at, "edge");
    play.run(60);
    expect(notes(play)).toEqual(["20 ejected", "31 readmitted", "32.5 readmitted"]);
  });

  test("in smooth weighted turns the probe waits until the server has earned it", () => {
    // Whichever of the two has died: it paid 1 for the call it failed, and its weight of 1 is gone.
    //   earned by it and the other, before and after paying: -1 2 -> -1 1,  0 2 -> 0 0,  1 1 -> probe
    // or, when it is the second:                             0 1 ->  0 0,  1 1 -> 1 -1, 2 0 -> probe
    const play = new Rehearsal(
      shop({ ...edge, balancer: "smooth-weighted-round-robin" }, 2),
      crash({ repair: "15 s" }),
    );
    for (const at of [20, 20, 32, 33, 34, 36]) play.ask(at, "edge");
    play.run(60);
    expect(notes(play)).toEqual(["20 ejected", "31 readmitted", "35 readmitted"]);
  });

  test("a single server is never left alone", () => {
    const play = new Rehearsal(shop(edge, 1), crash());
    for (const at of [20, 21, 22]) play.ask(at, "edge");
    play.run(60);
    expect(play.counts("web")["refused"]).toBe(3);
    expect(notes(play)).toEqual([]);
  });

  test("with max_fails 3 it takes three, a good answer between them notwithstanding", () => {
    const three = { "passive-check": { kind: "max-fails", fails: 3 }, tries: 2 };
    const play = new Rehearsal(shop(three, 2), crash());
    for (let at = 20; at < 30; at++) for (let call = 0; call < 2; call++) play.ask(at, "edge");
    play.run(60);
    expect(play.counts("web")["refused"]).toBe(3);
  });
});

describe("Envoy: five failures in a row, 30 s times the ejections so far, looked through every 10 s", () => {
  const edge = { "passive-check": "outlier-detection" };
  /** Ten calls a second over ten backends in turn: the dead one gets one a second. */
  const play = (faults: Platform, until: number, more: object = {}, instances = 10) => {
    const passive = { kind: "outlier-detection", ...more };
    const made = new Rehearsal(shop({ ...edge, "passive-check": passive }, instances), faults);
    for (let at = 20; at < until; at++)
      for (let call = 0; call < instances; call++) made.ask(at + call / 100, "edge");
    made.run(until);
    return notes(made).map((note) => note.replace(/\.\d+/, ""));
  };

  test("each ejection lasts longer, and ends at the next look", () => {
    // Five failures at 20 … 24: out for 30 s, so back at 60; five more at 60 … 64 or 61 … 65: out
    // for 60 s, back at 130; again until 134 or 135: out for 90 s, back at 230.
    expect(play(crash(), 232).map((note) => note.replace(/(6|13)5 e/, "$14 e"))).toEqual([
      "24 ejected",
      "60 readmitted",
      "64 ejected",
      "130 readmitted",
      "134 ejected",
      "230 readmitted",
    ]);
  });

  test("the longest ejection is limited", () => {
    const noted = play(crash(), 150, { "max-ejection": "30 s" });
    expect(noted.filter((note) => note.endsWith("readmitted"))).toEqual([
      "60 readmitted",
      "100 readmitted",
      "140 readmitted",
    ]);
  });

  test("no more than the share allowed are out: one of ten, none of nine", () => {
    expect(play(crash({ instances: 2 }), 40)).toEqual(["24 ejected"]);
    expect(play(crash(), 40, {}, 9)).toEqual([]);
    expect(play(crash(), 40, { "always-one": true }, 9)).toEqual(["24 ejected"]);
    expect(play(crash({ instances: 2 }), 40, { "max-ejected": "20 %" })).toHaveLength(2);
  });
});

describe("Envoy: hosts that are told of one answer at a time", () => {
  const watched = (spec: object, instances: number) => {
    const out: string[] = [];
    const kernel = new Kernel();
    const fleet = Array.from({ length: instances }, (_, id) => new Instance(id, `${id}`, "a", 0));
    const ejector = make(ejectors, ejectorSchema.parse({ kind: "outlier-detection", ...spec }), {
      agenda: new Agenda(kernel),
      registered: () => instances,
      eject: ({ name }, reason) => out.push(`${kernel.now / SECOND} ${name}: ${reason}`),
      readmit: () => {},
      weaken: () => {},
      doubt: () => {},
    })!;
    for (const instance of fleet) ejector.watch(instance);
    return { ejector, out };
  };

  test("calls that were under way and fail after it do not eject a host again", () => {
    const { ejector, out } = watched({ "max-ejected": "100 %" }, 2);
    for (let call = 0; call < 10; call++) ejector.answered(0, ERROR);
    expect(out).toEqual(["0 0: 5 failures in a row, out for 30 s"]);
  });

  test("a host that is forgotten while it is out makes room for another", () => {
    const { ejector, out } = watched({ "max-ejected": "50 %" }, 2);
    const fail = (id: number) => {
      for (let call = 0; call < 5; call++) ejector.answered(id, ERROR);
    };
    fail(0);
    fail(1);
    expect(out).toHaveLength(1);
    ejector.forget(new Instance(0, "0", "a", 0));
    fail(1);
    expect(out[1]).toBe("0 1: 5 failures in a row, out for 30 s");
  });
});

describe("Envoy: success rates of an interval", () => {
  // In ten seconds each of the hosts gets 100 calls; the last one fails some of them, spread out.
  const play = (instances: number, failed: number, more: object = {}) => {
    const spec = { kind: "outlier-detection", "max-ejected": "100 %", ...more };
    const out: string[] = [];
    const kernel = new Kernel();
    const fleet = Array.from({ length: instances }, (_, id) => new Instance(id, `${id}`, "a", 0));
    const ejector = make(ejectors, ejectorSchema.parse(spec), {
      agenda: new Agenda(kernel),
      registered: () => instances,
      eject: ({ name }, reason) => out.push(`${kernel.now / SECOND} ${name}: ${reason}`),
      readmit: () => {},
      weaken: () => {},
      doubt: () => {},
    })!;
    for (const instance of fleet) ejector.watch(instance);
    for (let call = 0; call < 100; call++) {
      for (let id = 0; id < instances - 1; id++) ejector.answered(id, OK);
      ejector.answered(instances - 1, call % Math.floor(100 / failed) === 0 ? ERROR : OK);
    }
    kernel.run(10 * SECOND);
    return out;
  };

  test("one of five stands 2 deviations below the mean and is out, one of four 1.73 and stays", () => {
    // Rates 1, 1, 1, 1, 0.5: mean 0.9, deviation 0.2, threshold 0.9 - 1.9 · 0.2.
    expect(play(5, 50)).toEqual(["10 4: 50 % succeeded, below 52 %, out for 30 s"]);
    expect(play(5, 50, { "success-rate-deviations": 2.1 })).toEqual([]);
    expect(play(4, 50)).toEqual([]);
    expect(play(4, 50, { "success-rate-hosts": 4 })).toEqual([]);
    expect(play(4, 50, { "success-rate-hosts": 4, "success-rate-deviations": 1.7 })).toHaveLength(
      1,
    );
  });

  test("nobody is compared who had too few calls", () => {
    expect(play(5, 50, { "success-rate-calls": 101 })).toEqual([]);
  });

  test("a share of failures ejects by itself where that is asked for", () => {
    const four = { "failure-percentage": "50 %" };
    expect(play(4, 50, four)).toEqual(["10 3: 50 % failed in one interval, out for 30 s"]);
    expect(play(4, 50, { "failure-percentage": "51 %" })).toEqual([]);
    expect(play(4, 50, { ...four, "failure-percentage-calls": 101 })).toEqual([]);
  });
});

describe("HAProxy's observe: three errors, the next regular probe at 11.236 s", () => {
  const edge = (observe: object, check: object = {}) => ({
    "health-check": { kind: "active", ...check },
    "passive-check": { kind: "observe", "error-limit": 3, ...observe },
  });
  const play = (made: object) => {
    const rehearsal = new Rehearsal(shop(made, 1), crash({ repair: "20 s" }));
    for (const at of [10.1, 10.2, 10.3]) rehearsal.ask(at, "edge");
    rehearsal.run(60);
    return rehearsal.noted("health");
  };

  test("mark-down: down with the third error, up again by probes alone", () => {
    const [down, up] = play(edge({ "on-error": "mark-down" }));
    expect(down).toBe("10.3 web-1 marked down");
    const [at] = up!.split(" ");
    expect(Number(at)).toBeGreaterThan(32);
    expect(Number(at)).toBeLessThanOrEqual(34); // ready at 30, two probes 2 s apart
  });

  test("fail-check: one failed probe, and the next ones come fast", () => {
    expect(play(edge({}, { "fast-interval": "100 ms" }))[0]).toBe("10.5 web-1 marked down");
    expect(play(edge({}))[0]).toBe("14.3 web-1 marked down");
  });
});
