/** Slow calls sent once more: the first right answer counts. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Hedging, hedgeSchema } from "../../src/model/hedging.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Two instances of one slot each, taken in turn; whoever comes to the first may have to wait. */
const pair = { kind: "service", slots: 1, fleet: { instances: 2 }, work: "2 s" };

describe("a hedge", () => {
  test("is sent after the delay, and the first answer counts", () => {
    const play = new Rehearsal({ pair });
    play.ask(0, "pair", { name: "busy" }); // to the first, to 2
    play.ask(0, "pair", { name: "busy" }); // to the second, to 2
    play.ask(1, "pair"); // to the first: would start at 2
    play.ask(1.5, "pair", { hedge: { after: "1 s" } }); // to the second; 2 to 4; copy at 2.5 to the first
    play.run(20);
    expect(play.endings).toEqual(["2 busy ok", "2 busy ok", "4 c ok", "4 d ok"]);
    expect(play.counts("pair")).toEqual({ arrived: 5, ok: 4, cancelled: 1 });
    // Nobody told the first instance: it works on the copy from 4 to 6.
    expect(play.part("pair").read().wastedTime).toBe(2 * SECOND);
    expect(play.live).toBe(0);
  });

  test("that wins leaves the first copy behind, which stops where that is propagated", () => {
    for (const [cancellation, busySeconds] of [
      ["propagate", 3 + 2],
      ["none", 8 + 2],
    ] as const) {
      const play = new Rehearsal({ pair });
      play.at(0, () => play.fleet("pair").slow(play.fleet("pair").instances[0]!, 4));
      play.ask(0, "pair", { hedge: { after: "1 s" }, cancellation }); // first: 0 to 8; copy: 1 to 3
      play.run(20);
      expect(play.endings).toEqual(["3 a ok"]);
      expect(play.counts("pair")).toEqual({ arrived: 2, ok: 1, cancelled: 1 });
      expect(play.part("pair").read().busyTime).toBe(busySeconds * SECOND);
      expect(play.live).toBe(0);
    }
  });

  test("is not sent for a call that was answered in time", () => {
    const play = new Rehearsal({ pair });
    play.ask(0, "pair", { hedge: { after: "2001 ms" } });
    play.run(20);
    expect(play.counts("pair")).toEqual({ arrived: 1, ok: 1 });
  });

  test("is one of as many copies as are allowed, a delay apart", () => {
    const play = new Rehearsal({ pair: { ...pair, work: "60 s", slots: 9 } });
    play.ask(0, "pair", { hedge: { after: "1 s", copies: 4 }, cancellation: "propagate" });
    play.run(100);
    // Sent at 0, 1, 2 and 3; the first is answered at 60 and the others stop.
    expect(play.endings).toEqual(["60 a ok"]);
    expect(play.counts("pair")).toEqual({ arrived: 4, ok: 1, cancelled: 3 });
    expect(play.part("pair").read().busyTime).toBe((60 + 59 + 58 + 57) * SECOND);
  });

  test("that fails leaves the call to the other copy; the last to fail is tried again", () => {
    const desk = { kind: "service", slots: 1, queue: { limit: 0 }, work: "60 s" };
    const retry = { attempts: 2, backoff: { kind: "constant", delay: "1 s" } };
    const play = new Rehearsal({ desk });
    play.ask(0, "desk", { timeout: "5 s", hedge: { after: "1 s" }, retry });
    play.run(100);
    // Attempt 1 sent at 0, its copy dropped at 1, timed out at 5; attempt 2 and its copy dropped at 6.
    expect(play.endings).toEqual(["6 a dropped"]);
    expect(play.counts("desk")).toEqual({ arrived: 3, "timed-out": 1, dropped: 2 });
    expect(play.live).toBe(0);
  });

  test("is not sent for a caller that is dead", () => {
    const front = {
      kind: "service",
      slots: 9,
      operations: { sell: [{ call: "pair", hedge: { after: "1 s" } }] },
    };
    const faults = [{ kind: "crash", of: "front", at: "500 ms" }];
    const play = new Rehearsal({ front, pair }, { faults });
    play.ask(0, "front.sell");
    play.run(20);
    expect(play.counts("pair")).toEqual({ arrived: 1, ok: 1 });
    expect(play.live).toBe(0);
  });
});

describe("what decides on a hedge", () => {
  const hedging = (spec: object) => new Hedging(hedgeSchema.parse(spec));

  test("a percentile is that of the last thousand answers; without them nothing is sent", () => {
    const observed = hedging({ after: "p95" });
    const answerAll = (scale: number) => {
      for (let time = 1; time <= 1000; time++) observed.answered(time * scale);
    };
    expect(observed.delay).toBe(Infinity);
    answerAll(1e6);
    expect(observed.delay / 1e6).toBeCloseTo(950, -1); // buckets are 0.8 % wide
    answerAll(2e6);
    expect(observed.delay / 2e6).toBeCloseTo(950, -1);
  });

  test("a limit allows a share of calls and ten in hand", () => {
    const limited = hedging({ after: "1 s", limit: "25 %" });
    let sent = 0;
    for (let call = 0; call < 500; call++) {
      limited.sent();
      if (limited.allows()) sent++;
    }
    expect(sent).toBe(10 + 125);
    expect(hedging({ after: "1 s" }).allows()).toBe(true);
  });
});
