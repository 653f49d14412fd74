/** A service at work, second by second: order, limits, slots, cores, calls to others. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** One slot, two seconds of work. */
const desk = { kind: "service", slots: 1, work: "2 s" };

describe("waiting", () => {
  test("first in, first out serves calls in the order they came", () => {
    const play = new Rehearsal({ desk });
    for (const at of [0, 0.5, 1]) play.ask(at, "desk");
    play.run(10);
    expect(play.endings).toEqual(["2 a ok", "4 b ok", "6 c ok"]);
  });

  test("last in, first out serves whoever came last, and interrupts nobody", () => {
    const play = new Rehearsal({ desk: { ...desk, queue: { discipline: "lifo" } } });
    for (const at of [0, 0.5, 1]) play.ask(at, "desk");
    play.run(10);
    expect(play.endings).toEqual(["2 a ok", "4 c ok", "6 b ok"]);
  });

  test("a full queue drops the next call at once", () => {
    const play = new Rehearsal({ desk: { ...desk, queue: { limit: 1 } } });
    for (const at of [0, 0.5, 1, 2.5]) play.ask(at, "desk");
    play.run(10);
    expect(play.endings).toEqual(["1 c dropped", "2 a ok", "4 b ok", "6 d ok"]);
    expect(play.counts("desk")).toEqual({ arrived: 4, ok: 3, dropped: 1 });
  });

  test("without a queue, arrivals each second and 1.5 s of work: every other one is served", () => {
    const play = new Rehearsal({ desk: { ...desk, work: "1500 ms", queue: { limit: 0 } } });
    for (let at = 1; at <= 100; at++) play.ask(at, "desk");
    play.run(200);
    // r-simmer/simmer, tests/testthat/test-simulation-1.R
    expect(play.counts("desk")).toEqual({ arrived: 100, ok: 50, dropped: 50 });
    expect(play.endings.findLast((ending) => ending.endsWith("ok"))).toMatch(/^100\.5 /);
    expect(play.part("desk").read().busyTime).toBe(75 * SECOND);
  });

  test("waiting and service times are those one can work out", () => {
    const play = new Rehearsal({ desk });
    for (const at of [0, 0.5, 1]) play.ask(at, "desk"); // wait 0, 1.5 and 3 s
    play.run(10);
    const { waitingTime, serviceTime } = play.part("desk");
    expect(waitingTime!.sum).toBe(4.5 * SECOND);
    expect(waitingTime!.max).toBe(3 * SECOND);
    expect(serviceTime!.min).toBe(2 * SECOND);
    expect(serviceTime!.max).toBe(2 * SECOND);
    const { queueTime, queueLengthMax, waitedSum } = play.part("desk").read();
    expect(queueTime).toBe(waitedSum); // Little's law, exact for an empty end
    expect(queueLengthMax).toBe(2);
  });
});

describe("at the same instant, events happen in the order in which they were scheduled", () => {
  test("a departure scheduled before an arrival makes room for it", () => {
    const play = new Rehearsal({ desk: { ...desk, queue: { limit: 0 } } });
    play.ask(0, "desk");
    play.at(1, () => play.ask(2, "desk")); // scheduled when the departure at 2 already was
    play.run(10);
    expect(play.endings).toEqual(["2 a ok", "4 b ok"]);
  });

  test("an arrival scheduled before a departure finds the server busy", () => {
    const play = new Rehearsal({ desk: { ...desk, queue: { limit: 0 } } });
    play.ask(0, "desk");
    play.ask(2, "desk");
    play.run(10);
    expect(play.endings).toEqual(["2 b dropped", "2 a ok"]);
  });
});

/** A desk that asks a store behind it between two seconds of its own work. */
const asking = (more: object = {}) => ({
  desk: {
    kind: "service",
    slots: 1,
    operations: { sell: [{ work: "1 s" }, { call: "store" }, { work: "1 s" }] },
    ...more,
  },
  store: { kind: "service", slots: 9, work: "3 s" },
});

describe("while a call waits for calls it has made", () => {
  test("it holds its slot as a thread does: 1 + 3 + 1 s each, one after the other", () => {
    const play = new Rehearsal(asking());
    play.ask(0, "desk.sell");
    play.ask(0, "desk.sell");
    play.run(20);
    expect(play.endings).toEqual(["5 a ok", "10 b ok"]);
    expect(play.part("desk").read().slotBusyTime).toBe(10 * SECOND);
  });

  test("or it releases the slot as an event loop does, and queues for another turn", () => {
    const play = new Rehearsal(asking({ "while-calling": "release" }));
    for (const at of [0, 0, 3.5]) play.ask(at, "desk.sell");
    play.run(20);
    // a works 0-1, b 1-2, c 3.5-4.5; a is back at 4 and waits to 4.5; b is back at 5.
    expect(play.endings).toEqual(["5.5 a ok", "6.5 b ok", "8.5 c ok"]);
    expect(play.part("desk").read().slotBusyTime).toBe(6 * SECOND);
  });

  test("a call that comes back for another turn is let in past a full queue", () => {
    const play = new Rehearsal(asking({ "while-calling": "release", queue: { limit: 0 } }));
    play.ask(0, "desk.sell");
    play.ask(3.5, "desk.sell");
    play.run(20);
    expect(play.endings).toEqual(["5.5 a ok", "8.5 b ok"]);
  });
});

describe("calls to others", () => {
  const stores = {
    quick: { kind: "service", slots: 1, work: "1 s" },
    slow: { kind: "service", slots: 1, work: "4 s" },
    closed: { kind: "service", slots: 1, queue: { limit: 0 }, work: "9 s" },
  };
  const asked = (steps: readonly object[]) => {
    const desk = { kind: "service", slots: 2, operations: { sell: steps } };
    const play = new Rehearsal({ desk, ...stores });
    play.ask(0, "closed", { name: "busy" }); // whoever calls it next is dropped
    play.ask(1, "desk.sell", { name: "a" });
    play.run(30);
    return play.endings.filter((ending) => ending.includes(" a "));
  };

  test("in parallel take as long as the slowest", () => {
    expect(asked([{ parallel: [{ call: "quick" }, { call: "slow" }] }])).toEqual(["5 a ok"]);
  });

  test("in sequence take the sum", () => {
    expect(asked([{ call: "quick" }, { call: "slow" }])).toEqual(["6 a ok"]);
  });

  test("fail the call with an error, but only when every parallel answer is in", () => {
    expect(asked([{ parallel: [{ call: "closed" }, { call: "slow" }] }])).toEqual(["5 a error"]);
  });

  test("do no harm where they are optional", () => {
    const steps = [{ call: "closed", optional: true }, { work: "1 s" }];
    expect(asked(steps)).toEqual(["2 a ok"]);
  });

  test("an optional call that succeeds is waited for", () => {
    expect(asked([{ call: "slow", optional: true }])).toEqual(["5 a ok"]);
  });
});

describe("cpu", () => {
  /** Ten slots on one instance with two cores. */
  const cruncher = (more: object = {}) => ({
    cruncher: {
      kind: "service",
      fleet: { type: "two-core" },
      slots: 10,
      operations: { crunch: [{ cpu: "2 s" }] },
      ...more,
    },
  });
  const crunched = (more: object = {}) => {
    const play = new Rehearsal(cruncher(more), { cores: 2 });
    for (let call = 0; call < 5; call++) play.ask(call / 10, "cruncher.crunch");
    play.run(20);
    return play;
  };

  test("steps contend for the cores, first come, first served", () => {
    const ends = ["2 a ok", "2.1 b ok", "4 c ok", "4.1 d ok", "6 e ok"];
    expect(crunched().endings).toEqual(ends);
  });

  test("even where slots are given to whoever came last", () => {
    const ends = ["2 a ok", "2.1 b ok", "4 c ok", "4.1 d ok", "6 e ok"];
    expect(crunched({ queue: { discipline: "lifo" } }).endings).toEqual(ends);
  });

  test("utilisation means cores then, not slots", () => {
    const { busyTime, servingTime, slotTime, slotBusyTime } = crunched().part("cruncher").read();
    expect(busyTime).toBe(10 * SECOND); // five calls of two seconds
    expect(servingTime).toBe(2 * 20 * SECOND);
    expect(slotTime).toBe(10 * 20 * SECOND);
    expect(slotBusyTime).toBe((2 + 2 + 3.8 + 3.8 + 5.6) * SECOND); // waiting for a core included
  });
});

describe("operations", () => {
  const shop = (operations: object) => ({ shop: { kind: "service", slots: 9, operations } });

  test("are found by name, and `default` serves every other name", () => {
    const play = new Rehearsal(shop({ pay: [{ work: "3 s" }], default: [{ work: "1 s" }] }));
    play.ask(0, "shop.pay");
    play.ask(0, "shop.look");
    play.run(10);
    expect(play.endings).toEqual(["1 b ok", "3 a ok"]);
  });

  test("of no steps at all answer at once", () => {
    const play = new Rehearsal(shop({ ping: [] }));
    play.ask(1, "shop.ping");
    play.run(10);
    expect(play.endings).toEqual(["1 a ok"]);
  });

  test("a balancer passes the name on", () => {
    const operations = { pay: [{ work: "3 s" }], look: [{ work: "1 s" }] };
    const play = new Rehearsal({
      edge: { kind: "load-balancer", to: "shop" },
      ...shop(operations),
    });
    play.ask(0, "edge.pay");
    play.ask(0, "edge.look");
    play.run(10);
    expect(play.endings).toEqual(["1 b ok", "3 a ok"]);
  });
});

describe("twenty thousand calls at once", () => {
  const deep = 20_000;
  const crowd = (operations: object, more: object = {}) => {
    const play = new Rehearsal({
      shop: { kind: "service", slots: 1, operations, ...more },
      store: { kind: "service", slots: 1, operations: { nothing: [] } },
    });
    play.ask(0, "shop.first"); // keeps the one slot while the others come
    for (let call = 0; call < deep; call++) play.ask(0.5, "shop.rest");
    play.run(10);
    expect(play.endings).toHaveLength(deep + 1);
    expect(play.live).toBe(0);
  };

  test("without any work need no deeper stack", () => {
    crowd({ first: [{ work: "1 s" }], rest: [] });
    crowd({ first: [{ work: "1 s" }], rest: [{ work: "0 s" }] });
  });

  test("nor when they call somebody who answers at once", () => {
    crowd({
      first: [{ work: "1 s" }],
      rest: [{ call: "store.nothing" }, { call: "store.nothing" }],
    });
  });

  test("nor when they give up their slot for that", () => {
    const operations = { first: [{ work: "1 s" }], rest: [{ call: "store.nothing" }] };
    crowd(operations, { "while-calling": "release" });
  });
});

describe("the work a call brings", () => {
  const sums = (operations: object) => {
    const play = new Rehearsal({ shop: { kind: "service", slots: 1, operations } });
    for (let call = 0; call < 400; call++) play.ask(100 * call, "shop.buy");
    play.run(100_000);
    const { serviceTime } = play.part("shop");
    return serviceTime!;
  };

  test("is drawn anew at every step: two exponential steps are an Erlang, not one twice as long", () => {
    const step = { work: { kind: "exponential", mean: "1 s" } };
    // P(both below 50 ms in sum) is 0.12 % for Erlang-2 and 2.5 % for twice an exponential.
    expect(sums({ buy: [step, step] }).quantile(0.01)!).toBeGreaterThan(0.05 * SECOND);
  });
});
