/** Calls that are taken back wherever they are: in a balancer's queue, at a door, on a link, moved. */
import { describe, expect, test } from "vitest";
import { Rehearsal } from "../support/rehearsal.ts";

/** One slot, two seconds of work. */
const counter = { kind: "service", slots: 1, work: "2 s" };
const gone = { timeout: "500 ms", cancellation: "propagate" };

describe("a call in a balancer's own queue", () => {
  const edge = { kind: "load-balancer", to: "counter", "max-calls": 1, queue: { limit: 2 } };

  test("leaves it at once when it is cancelled, or out of patience", () => {
    for (const [wish, how] of [
      [gone, "timed-out"],
      [{ patience: "500 ms" }, "reneged"],
    ] as const) {
      const play = new Rehearsal({ edge, counter });
      play.ask(0, "edge");
      play.ask(0, "edge", wish);
      play.ask(0, "edge");
      play.ask(0.6, "edge"); // finds the place that has become free
      play.ask(0.7, "edge"); // and this one none
      play.run(10);
      const endings = [`0.5 b ${how}`, "0.7 e dropped", "2 a ok", "4 c ok", "6 d ok"];
      expect(play.endings).toEqual(endings);
      expect(play.counts("counter")).toEqual({ arrived: 3, ok: 3 });
      expect(play.live).toBe(0);
    }
  });
});

describe("a call at a door", () => {
  test("leaves the waiting room at once, and somebody else has its place", () => {
    const guards = [{ kind: "waiting-room", rate: "1 rps", capacity: 1 }];
    for (const [wish, how] of [
      [gone, "timed-out"],
      [{ patience: "500 ms" }, "reneged"],
    ] as const) {
      const play = new Rehearsal({ counter: { ...counter, slots: 9, guards } });
      play.ask(0, "counter");
      play.ask(0, "counter", wish);
      play.ask(0.4, "counter"); // b is still in line
      play.ask(0.6, "counter"); // comes in at 1
      play.ask(0.7, "counter");
      play.ask(1.2, "counter"); // comes in at 2
      play.run(10);
      expect(play.endings).toEqual([
        "0.4 c rejected",
        `0.5 b ${how}`,
        "0.7 e rejected",
        "2 a ok",
        "3 d ok",
        "4 f ok",
      ]);
      expect(play.live).toBe(0);
    }
  });

  test("that has a time to wait does not wait for it", () => {
    const guards = [{ kind: "sentinel-queueing", rate: "1 rps", "max-wait": "9 s" }];
    const play = new Rehearsal({ counter: { ...counter, slots: 9, guards } });
    play.ask(0, "counter");
    play.ask(0, "counter", gone);
    play.ask(0, "counter", { patience: "700 ms" });
    play.at(0.8, () => expect(play.live).toBe(1));
    play.run(10);
    expect(play.endings).toEqual(["0.5 b timed-out", "0.7 c reneged", "2 a ok"]);
  });
});

test("a call that is cancelled on a link is not served when it comes", () => {
  const links = { internet: { latency: "1 s" } };
  const play = new Rehearsal({ counter }, { links });
  play.ask(0, "counter", gone);
  play.run(10);
  expect(play.endings).toEqual(["0.5 a timed-out"]);
  expect(play.part("counter").read().busyTime).toBe(0);
  expect(play.live).toBe(0);
});

test("a race whose call is cancelled is over, and run again for the next", () => {
  const callers = (asked: number) => {
    const parallel = [{ call: "counter", hedge: { after: "100 ms" } }, { call: "counter" }];
    const sell = [{ parallel, "wait-for": "first" }];
    const front = { kind: "service", slots: 9, operations: { sell } };
    const play = new Rehearsal({ front, counter });
    for (let at = 0; at < asked; at++) play.ask(at, "front.sell", gone);
    play.run(100);
    expect(play.live).toBe(0);
    return play.world.exchange.addCaller(play);
  };
  expect(callers(5)).toBe(callers(1));
});

describe("a call that goes on in another record after a crash", () => {
  const edge = { kind: "load-balancer", to: "front", tries: 2 };
  const operations = { sell: [{ call: "store" }] };
  const front = { kind: "service", slots: 1, fleet: { instances: 2 }, operations };
  const store = { kind: "service", slots: 9, work: "5 s" };
  const crashed = () => {
    const play = new Rehearsal({ edge, front, store });
    play.at(0.5, () => play.fleet("front").crash(play.fleet("front").instances[0]!, false));
    return play;
  };

  test("is still hedged", () => {
    const play = crashed();
    play.ask(0, "edge.sell", { hedge: { after: "1 s" } }); // lost at 0.5, sent on, copied at 1
    play.run(20);
    expect(play.endings).toEqual(["5.5 a ok"]);
    expect(play.counts("edge")).toEqual({ arrived: 2, ok: 1, cancelled: 1 });
    expect(play.live).toBe(0);
  });

  test("still has a patient caller for so long only", () => {
    const play = crashed();
    play.ask(0, "edge.sell", { patience: "1 s" }); // lost at 0.5, queues behind b
    play.ask(0, "edge.sell");
    play.run(20);
    expect(play.endings).toEqual(["1 a reneged", "5 b ok"]);
    expect(play.live).toBe(0);
  });
});
