/** Which instance gets the next call, as far as the router can know. */
import { describe, expect, test } from "vitest";
import { balancers } from "../../src/model/balancers/index.ts";
import { Rehearsal, type Platform } from "../support/rehearsal.ts";

/** Behind a balancer: instances of one slot, a second of work, ready at once when they start. */
const shop = (edge: object = {}, web: object = {}) => ({
  edge: { kind: "load-balancer", to: "web", ...edge },
  web: {
    kind: "service",
    slots: 1,
    work: "1 s",
    fleet: { instances: 2, "start-up": "0 s", "drain-timeout": "60 s" },
    ...web,
  },
});

const crash = (more: object = {}): Platform => ({
  faults: [{ kind: "crash", of: "web", at: "10 s", instances: "all", ...more }],
});

/** How long after an instant the first and the last of what was noted came [s]. */
const delays = (noted: readonly string[], what: string, since: number) => {
  const times = noted
    .filter((line) => line.endsWith(what))
    .map((line) => Number(line.split(" ")[0]));
  return {
    count: times.length,
    first: Math.min(...times) - since,
    last: Math.max(...times) - since,
  };
};

describe("active health checks, every 2 s, down after 3, up after 2", () => {
  const many = shop({}, { fleet: { instances: 50, "start-up": "0 s" } });

  test("a refused connection marks an instance down 4 to 6 s after its crash", () => {
    const play = new Rehearsal(many, crash());
    play.run(60);
    const down = delays(play.noted("health"), "marked down", 10);
    expect(down.count).toBe(50); // nobody calls web directly, so its own router checks nothing
    expect(down.first).toBeGreaterThan(4);
    expect(down.last).toBeLessThanOrEqual(6);
    expect(down.last - down.first).toBeGreaterThan(1.8); // spread over the interval
  });

  test("silence takes the timeout of a second longer", () => {
    const play = new Rehearsal(many, crash({ silent: true }));
    play.run(60);
    const { first, last } = delays(play.noted("health"), "marked down", 10);
    expect(first).toBeGreaterThan(5);
    expect(last).toBeLessThanOrEqual(7);
  });

  test("an instance that is back is marked up after 2 to 4 s", () => {
    const play = new Rehearsal(many, crash({ repair: "20 s" }));
    play.run(60);
    const { count, first, last } = delays(play.noted("health"), "marked up", 30);
    expect(count).toBe(50);
    expect(first).toBeGreaterThan(2);
    expect(last).toBeLessThanOrEqual(4);
  });

  test("one that is back within two intervals was never marked down", () => {
    const play = new Rehearsal(many, crash({ repair: "3 s" }));
    play.run(60);
    expect(play.noted("health")).toEqual([]);
  });

  test("calls fail until then, and are refused when no backend is left", () => {
    const play = new Rehearsal(
      shop({}, { fleet: { instances: 1, "start-up": "0 s" } }),
      crash({ repair: "20 s" }),
    );
    for (const at of [5, 11, 17, 31, 35]) play.ask(at, "edge");
    play.run(60);
    expect(play.endings).toEqual([
      "6 a ok",
      "11 b refused",
      "17 c refused",
      "31 d refused",
      "36 e ok",
    ]);
    // At 11 the dead instance itself refused; at 17 and 31 the balancer had nobody to send to.
    expect(play.counts("web")).toEqual({ arrived: 3, ok: 2, refused: 1 });
    expect(play.counts("edge")).toEqual({ arrived: 5, ok: 2, refused: 3 });
  });

  test("say in their reason what they found and what is left", () => {
    const play = new Rehearsal(shop({}, { "health-check": "none" }), crash({ instances: 1 }));
    play.run(60);
    expect(play.reasons("health")).toHaveLength(1);
    expect(play.reasons("health")[0]).toMatch(
      /3 probes in a row: refused; 1 of 2 backends are up$/,
    );
  });
});

describe("another try", () => {
  const oneDead = (edge: object) => {
    const play = new Rehearsal(shop({ "health-check": "none", ...edge }), crash({ instances: 1 }));
    for (let call = 0; call < 4; call++) play.ask(20 + 2 * call, "edge");
    play.run(60);
    return play;
  };

  test("is not made unless asked for: half the calls find the dead one", () => {
    const play = oneDead({});
    expect(play.counts("edge")).toEqual({ arrived: 4, ok: 2, refused: 2 });
  });

  test("finds the living one", () => {
    const play = oneDead({ tries: 2 });
    expect(play.counts("edge")).toEqual({ arrived: 4, ok: 4 });
    expect(play.counts("web")["ok"]).toBe(4);
    expect(play.counts("web")["refused"]).toBeGreaterThan(0);
  });

  test.each(balancers.map(({ kind }) => kind))("of %s never goes to the same instance", (kind) => {
    const play = oneDead({ tries: 2, balancer: kind });
    expect(play.counts("edge")).toEqual({ arrived: 4, ok: 4 });
  });

  test("ends with what the last instance said when every one has been tried", () => {
    const play = new Rehearsal(
      shop({ "health-check": "none", tries: 5 }),
      crash({ instances: "all" }),
    );
    play.ask(20, "edge");
    play.run(60);
    expect(play.endings).toEqual(["20 a refused"]);
    expect(play.counts("web")).toEqual({ arrived: 2, refused: 2 });
  });

  test("is made for a call that was lost as well", () => {
    const play = new Rehearsal(shop({ tries: 2 }), {
      faults: [{ kind: "crash", of: "web", at: "500 ms" }],
    });
    play.ask(0, "edge");
    play.ask(0, "edge");
    play.run(60);
    // One is lost at 0.5 and sent to the other instance, which is busy until 1.
    expect(play.endings.map((ending) => ending.replace(/[ab]/, "*"))).toEqual(["1 * ok", "2 * ok"]);
  });

  test("is made for one that took too long: the balancer's own timeout, for each backend", () => {
    const faults = [{ kind: "crash", of: "web", at: "10 s", silent: true, instances: "all" }];
    const play = new Rehearsal(shop({ timeout: "3 s", tries: 2, "health-check": "none" }), {
      faults,
    });
    play.ask(20, "edge");
    play.run(60);
    expect(play.endings).toEqual(["26 a timed-out"]);
    expect(play.counts("web")).toEqual({ arrived: 2, "timed-out": 2 });
  });

  test("is not made for a call that was answered, even if the answer is no", () => {
    const web = { queue: { limit: 0 }, "health-check": "none" };
    const play = new Rehearsal(shop({ tries: 9 }, web));
    for (let call = 0; call < 3; call++) play.ask(0, "edge");
    play.run(10);
    expect(play.counts("web")).toEqual({ arrived: 3, ok: 2, dropped: 1 });
  });
});

describe("members come and go", () => {
  test("a draining instance gets no new calls, from a balancer or from the part's own router", () => {
    for (const entry of ["edge", "web"]) {
      const play = new Rehearsal(shop({}, { work: "10 s" }));
      play.ask(0, entry);
      play.ask(0, entry);
      play.at(1, () => play.fleet("web").scaleTo(1, "less"));
      for (const at of [2, 3]) play.ask(at, entry);
      play.run(60);
      expect(play.endings).toEqual(["10 a ok", "10 b ok", "20 c ok", "30 d ok"]);
    }
  });

  test("a new instance gets calls as soon as it is ready", () => {
    const play = new Rehearsal(shop({}, { fleet: { instances: 1, "start-up": "5 s" } }));
    play.at(1, () => play.fleet("web").scaleTo(2, "more")); // ready at 6
    for (const at of [5, 5, 7.5, 7.5]) play.ask(at, "edge");
    play.run(60);
    expect(play.endings).toEqual(["6 a ok", "7 b ok", "8.5 c ok", "8.5 d ok"]);
  });

  test("calls that are out while members change come back to the right count", () => {
    const edge = { balancer: "least-connections" };
    const play = new Rehearsal(shop(edge, { work: "10 s" }));
    play.ask(0, "edge"); // on one instance
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    for (const at of [2, 2, 2]) play.ask(at, "edge"); // one on each of the others
    play.at(3, () => play.fleet("web").scaleTo(2, "less")); // the youngest two drain, busy
    for (const at of [11, 11]) play.ask(at, "edge"); // a is back; web-2 is free at 12
    play.run(60);
    expect(play.endings).toEqual([
      "10 a ok",
      "12 b ok",
      "12 c ok",
      "12 d ok",
      "21 e ok",
      "22 f ok",
    ]);
    expect(play.live).toBe(0);
  });
});
