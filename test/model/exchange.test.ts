/** Calls between callers and parts: each resolves once, at its caller, and is counted where it was. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";

const again = (attempts: number, delay = "1 s", more: object = {}) => ({
  attempts,
  backoff: { kind: "constant", delay },
  ...more,
});

/** One slot, two seconds of work, nobody may wait. */
const desk = { kind: "service", slots: 1, queue: { limit: 0 }, work: "2 s" };
/** The same with a queue. */
const counter = { kind: "service", slots: 1, work: "2 s" };

describe("every outcome is counted once, at the part that was called", () => {
  const outcome = (
    parts: Record<string, object>,
    ask: string,
    faults: object[] = [],
    wish = {},
  ) => {
    const play = new Rehearsal(parts, { faults });
    play.ask(0, ask, { name: "first" });
    play.ask(1, ask, { name: "a", ...wish });
    play.run(60);
    expect(play.live).toBe(0);
    return {
      how: play.endings.filter((ending) => ending.includes(" a ")),
      counts: play.counts(ask),
    };
  };

  test("ok", () => {
    const { how, counts } = outcome({ counter }, "counter");
    expect(how).toEqual(["4 a ok"]);
    expect(counts).toEqual({ arrived: 2, ok: 2 });
  });

  test("dropped", () => {
    const { how, counts } = outcome({ desk }, "desk");
    expect(how).toEqual(["1 a dropped"]);
    expect(counts).toEqual({ arrived: 2, ok: 1, dropped: 1 });
  });

  test("timed-out", () => {
    const { how, counts } = outcome({ counter }, "counter", [], { timeout: "1 s" });
    expect(how).toEqual(["2 a timed-out"]);
    expect(counts).toEqual({ arrived: 2, ok: 1, "timed-out": 1 });
  });

  test("refused, by an instance that died before, and lost, by one that dies meanwhile", () => {
    const dies = (at: string) => [{ kind: "crash", of: "counter", at }];
    expect(outcome({ counter }, "counter", dies("500 ms"))).toEqual({
      how: ["1 a refused"],
      counts: { arrived: 2, lost: 1, refused: 1 },
    });
    expect(outcome({ counter }, "counter", dies("1500 ms"))).toEqual({
      how: ["1.5 a lost"],
      counts: { arrived: 2, lost: 2 },
    });
  });

  test("error, when a call that the answer needs has failed", () => {
    const front = { kind: "service", slots: 9, operations: { sell: [{ call: "desk" }] } };
    const play = new Rehearsal({ front, desk });
    play.ask(0, "front.sell");
    play.ask(1, "front.sell");
    play.run(10);
    expect(play.endings).toEqual(["1 b error", "2 a ok"]);
    expect(play.counts("front")).toEqual({ arrived: 2, ok: 1, error: 1 });
    expect(play.counts("desk")).toEqual({ arrived: 2, ok: 1, dropped: 1 });
  });
});

describe("a timeout", () => {
  test("ends the call for its caller; the callee goes on working, which is wasted", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { timeout: "1 s" });
    play.ask(0.5, "counter");
    play.run(10);
    expect(play.endings).toEqual(["1 a timed-out", "4 b ok"]);
    const { wastedTime, busyTime } = play.part("counter").read();
    expect(wastedTime).toBe(2 * SECOND);
    expect(busyTime).toBe(4 * SECOND);
  });

  test("in the queue does not take the call out of it", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter");
    play.ask(0, "counter", { timeout: "1 s" });
    play.ask(0, "counter");
    play.run(10);
    expect(play.endings).toEqual(["1 b timed-out", "2 a ok", "6 c ok"]);
    expect(play.part("counter").read().wastedTime).toBe(2 * SECOND);
  });

  test("that falls on the instant of the answer goes first: it was scheduled first", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { timeout: "2 s" });
    play.ask(5, "counter", { timeout: "2001 ms" });
    play.run(10);
    expect(play.endings).toEqual(["2 a timed-out", "7 b ok"]);
  });

  test("counts time in service as well as in the queue", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { timeout: "1500 ms" });
    play.run(10);
    expect(play.endings).toEqual(["1.5 a timed-out"]);
  });

  test("wastes the slot-time only, not the time for which the slot was given up", () => {
    const front = {
      kind: "service",
      slots: 1,
      "while-calling": "release",
      operations: { sell: [{ work: "1 s" }, { call: "counter" }, { work: "1 s" }] },
    };
    const play = new Rehearsal({ front, counter });
    play.ask(0, "front.sell", { timeout: "500 ms" });
    play.run(10);
    expect(play.part("front").read().wastedTime).toBe(2 * SECOND);
  });
});

describe("retries", () => {
  test("count attempts, the first included, and wait for the back-off between them", () => {
    const play = new Rehearsal({ desk });
    play.ask(0, "desk", { name: "busy" });
    play.ask(0.5, "desk", { retry: again(3, "500 ms") });
    play.ask(0.7, "desk", { retry: again(2, "500 ms") });
    play.run(10);
    // b is dropped at 0.5, 1 and 1.5; c at 0.7 and 1.2.
    expect(play.endings).toEqual(["1.2 c dropped", "1.5 b dropped", "2 busy ok"]);
    expect(play.counts("desk")).toEqual({ arrived: 6, ok: 1, dropped: 5 });
  });

  test("stop as soon as one succeeds, and the latency counts from the first", () => {
    const play = new Rehearsal({ desk });
    play.ask(0, "desk", { name: "busy" });
    play.ask(1, "desk", { retry: again(9) });
    play.run(10);
    expect(play.endings).toEqual(["2 busy ok", "4 b ok"]); // tries at 1 and 2
    expect(play.counts("desk")).toEqual({ arrived: 3, ok: 2, dropped: 1 });
  });

  test("have a timeout each", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { timeout: "1 s", retry: again(3, "500 ms") });
    play.run(10);
    // Sent at 0, 1.5 and 3; what was sent at 0 occupies the desk to 2, at 1.5 to 4, at 3 to 6.
    expect(play.endings).toEqual(["4 a timed-out"]);
    expect(play.part("counter").read().wastedTime).toBe(6 * SECOND);
  });

  test("are made once an answer that comes too late changes nothing", () => {
    const play = new Rehearsal({ counter: { ...counter, slots: 2 } });
    play.ask(0, "counter", { timeout: "1900 ms", retry: again(2, "1 s") });
    play.run(10);
    expect(play.endings).toEqual(["4.8 a timed-out"]); // the answers of 2 and 4.9 find nobody
    expect(play.counts("counter")).toEqual({ arrived: 2, "timed-out": 2 });
    expect(play.live).toBe(0);
  });

  test("multiply along a chain: three attempts over five layers are 243 calls", () => {
    // Brooker, Timeouts, retries, and backoff with jitter (Amazon Builders' Library): 3^5
    const chain = (layers: number, attempts: number) => {
      const parts: Record<string, object> = { last: desk };
      const retry = { attempts, backoff: { kind: "immediate" } };
      for (let layer = layers - 1; layer >= 1; layer--) {
        const call = layer === layers - 1 ? "last" : `layer${layer + 1}`;
        const steps = [{ call, retry }];
        parts[`layer${layer}`] = { kind: "service", slots: 9, operations: { default: steps } };
      }
      const play = new Rehearsal(parts, { faults: [{ kind: "crash", of: "last", at: "1 s" }] });
      play.ask(2, "layer1", { retry });
      play.run(10);
      return play.counts("last")["arrived"];
    };
    expect(chain(5, 3)).toBe(243);
    expect(chain(3, 4)).toBe(64);
  });

  test("end when the caller is dead", () => {
    const front = {
      kind: "service",
      slots: 9,
      operations: { sell: [{ call: "desk", retry: again(9) }] },
    };
    const faults = [{ kind: "crash", of: "front", at: "2500 ms" }];
    const play = new Rehearsal({ front, desk: { ...desk, work: "60 s" } }, { faults });
    play.ask(0, "desk", { name: "busy" });
    play.ask(0, "front.sell");
    play.run(100);
    expect(play.endings).toEqual(["2.5 b lost", "60 busy ok"]);
    expect(play.counts("desk")).toEqual({ arrived: 4, ok: 1, dropped: 3 }); // at 0, 1 and 2
    expect(play.live).toBe(0);
  });

  test("of an abandoned call go on: nobody told it", () => {
    const front = {
      kind: "service",
      slots: 9,
      operations: { sell: [{ call: "desk", retry: again(3) }] },
    };
    const play = new Rehearsal({ front, desk: { ...desk, work: "60 s" } });
    play.ask(0, "desk", { name: "busy" });
    play.ask(0, "front.sell", { timeout: "500 ms" });
    play.run(100);
    expect(play.counts("desk")).toEqual({ arrived: 4, ok: 1, dropped: 3 });
    expect(play.live).toBe(0);
  });
});

describe("a retry budget", () => {
  const storm = (budget: string, calls: number) => {
    const front = {
      kind: "service",
      slots: 1000,
      operations: { sell: [{ call: "desk", retry: again(2, "1 ms", { budget }) }] },
    };
    const play = new Rehearsal({ front, desk: { ...desk, work: "9 h" } });
    play.ask(0, "desk", { name: "busy" });
    for (let call = 0; call < calls; call++) play.ask(1 + call, "front.sell");
    play.run(1000);
    return play.counts("desk")["dropped"]! - calls; // retries
  };

  test("allows the ten in hand, and then its share of first attempts", () => {
    // Balance: 10 at first, a half more for every first attempt; 20 retries take 10 + 20/2.
    expect(storm("50 %", 20)).toBe(20);
    expect(storm("50 %", 100)).toBe(60);
    expect(storm("0 %", 100)).toBe(10);
  });

  test("of 100 % limits nothing here: every first attempt pays for its one retry", () => {
    expect(storm("100 %", 100)).toBe(100);
  });
});
