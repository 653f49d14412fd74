/** Calls that go before they are served: out of patience, or wanted by nobody any more. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** One slot, two seconds of work. */
const counter = { kind: "service", slots: 1, work: "2 s" };
const propagate = "propagate";

describe("patience", () => {
  test("is for the queue: a call leaves it when it is over, and is not tried again", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter");
    play.ask(0, "counter", { patience: "1 s", retry: { attempts: 3, backoff: "immediate" } });
    play.ask(0, "counter");
    play.run(10);
    expect(play.endings).toEqual(["1 b reneged", "2 a ok", "4 c ok"]);
    expect(play.counts("counter")).toEqual({ arrived: 3, ok: 2, reneged: 1 });
    expect(play.part("counter").read()).toMatchObject({ wastedTime: 0, queueLengthMax: 2 });
    expect(play.live).toBe(0);
  });

  test("does not count once service has begun", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { patience: "1 s" });
    play.ask(0, "counter", { patience: "2001 ms" });
    play.ask(0, "counter", { patience: "3999 ms" });
    play.run(10);
    expect(play.endings).toEqual(["2 a ok", "3.999 c reneged", "4 b ok"]);
  });

  test("is kept behind a load balancer, with a timer of its own or without", () => {
    for (const timer of [{}, { timeout: "9 s" }]) {
      const edge = { kind: "load-balancer", to: "counter", ...timer };
      const play = new Rehearsal({ edge, counter });
      play.ask(0, "edge");
      play.ask(0, "edge", { patience: "1 s" });
      play.run(10);
      expect(play.endings).toEqual(["1 b reneged", "2 a ok"]);
      expect(play.counts("edge")).toEqual({ arrived: 2, ok: 1, reneged: 1 });
      expect(play.counts("counter")).toEqual({ arrived: 2, ok: 1, reneged: 1 });
      expect(play.live).toBe(0);
    }
  });

  test("ends with the call: nobody leaves a queue because of a call that is long over", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { patience: "5 s" }); // over at 2; its record is free for the next
    play.ask(3, "counter");
    play.ask(3, "counter");
    play.run(10);
    expect(play.endings).toEqual(["2 a ok", "5 b ok", "7 c ok"]);
  });
});

describe("cancellation", () => {
  test("takes a call out of the queue when its caller times out", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter");
    play.ask(0, "counter", { timeout: "1 s", cancellation: propagate });
    play.ask(0, "counter");
    play.run(10);
    expect(play.endings).toEqual(["1 b timed-out", "2 a ok", "4 c ok"]);
    expect(play.part("counter").read().wastedTime).toBe(0);
    expect(play.live).toBe(0);
  });

  test("stops the work of a call in service; what was done of it is wasted", () => {
    const play = new Rehearsal({ counter });
    play.ask(0, "counter", { timeout: "500 ms", cancellation: propagate });
    play.ask(0, "counter");
    play.run(10);
    expect(play.endings).toEqual(["0.5 a timed-out", "2.5 b ok"]);
    expect(play.part("counter").read()).toMatchObject({
      wastedTime: 0.5 * SECOND,
      busyTime: 2.5 * SECOND,
    });
    expect(play.live).toBe(0);
  });

  test("lets a cpu step end first", () => {
    const cpu = {
      kind: "service",
      slots: 1,
      operations: { default: [{ cpu: "2 s" }, { work: "5 s" }] },
    };
    const play = new Rehearsal({ cpu });
    play.ask(0, "cpu", { timeout: "500 ms", cancellation: propagate });
    play.run(10);
    expect(play.part("cpu").read()).toMatchObject({
      wastedTime: 2 * SECOND,
      slotBusyTime: 2 * SECOND,
    });
    expect(play.live).toBe(0);
  });

  const chain = (link: object) => ({
    front: {
      kind: "service",
      slots: 9,
      operations: {
        sell: [
          {
            parallel: [
              { call: "counter", ...link },
              { call: "desk", ...link },
            ],
          },
        ],
      },
    },
    counter,
    desk: { kind: "service", slots: 1, queue: { limit: 0 }, work: "2 s" },
  });

  test("goes on to the calls made for a call, as far as their own links propagate it", () => {
    for (const [link, wasted] of [
      [{ cancellation: propagate }, 0.5],
      [{}, 2],
    ] as const) {
      const play = new Rehearsal(chain(link));
      play.ask(0, "front.sell", { timeout: "500 ms", cancellation: propagate });
      play.run(10);
      expect(play.endings).toEqual(["0.5 a timed-out"]);
      for (const part of ["counter", "desk"]) {
        expect(play.counts(part)).toEqual({ arrived: 1, cancelled: 1 });
        expect(play.part(part).read().wastedTime).toBe(wasted * SECOND);
      }
      expect(play.live).toBe(0);
    }
  });

  test("ends retries that wait for their back-off", () => {
    const retry = { attempts: 9, backoff: { kind: "constant", delay: "1 s" } };
    const play = new Rehearsal(chain({ retry }));
    play.ask(0, "desk", { name: "busy" });
    play.ask(0.1, "front.sell", { timeout: "500 ms", cancellation: propagate });
    play.run(10);
    expect(play.counts("desk")).toEqual({ arrived: 2, ok: 1, dropped: 1 });
    expect(play.live).toBe(0);
  });

  test("reaches the instance behind a load balancer, with a timer of its own or without", () => {
    for (const timer of [{}, { timeout: "9 s" }]) {
      const edge = {
        kind: "load-balancer",
        to: "counter",
        balancer: "least-connections",
        ...timer,
      };
      const play = new Rehearsal({ edge, counter: { ...counter, fleet: { instances: 2 } } });
      play.ask(0, "edge", { timeout: "1 s", cancellation: propagate });
      play.ask(0, "edge");
      play.ask(1.5, "edge"); // to the one that is free, for the balancer knows it is
      play.run(10);
      expect(play.endings).toEqual(["1 a timed-out", "2 b ok", "3.5 c ok"]);
      expect(play.counts("counter")).toEqual({ arrived: 3, ok: 2, cancelled: 1 });
      expect(play.part("counter").read().wastedTime).toBe(1 * SECOND);
      expect(play.live).toBe(0);
    }
  });

  test("takes a call out of the queue of a load balancer, and no backend hears of it", () => {
    const edge = { kind: "load-balancer", to: "counter", "max-calls": 1, queue: {} };
    const play = new Rehearsal({ edge, counter });
    play.ask(0, "edge");
    play.ask(0, "edge", { timeout: "1 s", cancellation: propagate });
    play.ask(0, "edge");
    play.run(10);
    expect(play.endings).toEqual(["1 b timed-out", "2 a ok", "4 c ok"]);
    expect(play.counts("counter")).toEqual({ arrived: 2, ok: 2 });
    expect(play.live).toBe(0);
  });

  test("does not reach a silent instance, which keeps the call until it is heard of again", () => {
    const faults = [{ kind: "crash", of: "counter", at: "500 ms", silent: true, repair: "5 s" }];
    const play = new Rehearsal({ counter }, { faults });
    play.ask(0, "counter", { timeout: "1 s", cancellation: propagate });
    play.run(10);
    expect(play.endings).toEqual(["1 a timed-out"]);
    expect(play.live).toBe(0);
  });

  test("leaves a cache's fetch alone: others may want the item", () => {
    const store = { kind: "database", slots: 1, read: "2 s" };
    const cache = { kind: "cache", behind: "store" };
    const play = new Rehearsal({ cache, store });
    play.ask(0, "cache.get", { key: 7, timeout: "1 s", cancellation: propagate });
    play.ask(3, "cache.get", { key: 7 });
    play.run(10);
    expect(play.endings).toEqual(["1 a timed-out", "3 b ok"]);
    expect(play.counts("store")).toEqual({ arrived: 1, ok: 1 });
  });
});
