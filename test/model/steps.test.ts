/** Steps by hand: waits, ways, loops, quorums, disk, network. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";

/** Ends of calls that come to a shop with these steps at these instants. */
function ends(steps: readonly object[], at: readonly number[], more: object = {}, others = {}) {
  const shop = { kind: "service", slots: 9, operations: { buy: steps }, ...more };
  const play = new Rehearsal({ shop, ...others }, { cores: 2 });
  for (const instant of at) play.ask(instant, "shop.buy");
  play.run(1000);
  expect(play.live).toBe(0);
  return play.endings;
}

describe("wait", () => {
  test("takes time on no core", () => {
    expect(ends([{ wait: "3 s" }, { cpu: "1 s" }], [0, 0])).toEqual(["4 a ok", "5 b ok"]);
  });

  test("keeps a thread's slot, and gives back an event loop's", () => {
    const steps = [{ wait: "3 s" }, { work: "1 s" }];
    expect(ends(steps, [0, 0], { slots: 1 })).toEqual(["4 a ok", "8 b ok"]);
    const loop = { slots: 1, "while-calling": "release" };
    expect(ends(steps, [0, 0], loop)).toEqual(["4 a ok", "5 b ok"]);
  });
});

describe("loop", () => {
  test("takes its steps so many times, one inside another multiplies", () => {
    const inner = { loop: [{ work: "1 s" }, { work: "2 s" }], times: 2 };
    expect(ends([{ loop: [inner, { work: "1 s" }], times: 3 }], [0])).toEqual(["21 a ok"]);
  });

  test("of no times, or around no steps, is passed by", () => {
    const steps = [{ loop: [{ work: "5 s" }], times: 0 }, { loop: [], times: 9 }, { work: "1 s" }];
    expect(ends(steps, [0])).toEqual(["1 a ok"]);
    expect(ends([{ loop: [], times: 9 }], [0])).toEqual(["0 a ok"]);
  });

  test("ten thousand times around a call that is answered at once needs no deeper stack", () => {
    const store = { kind: "service", slots: 1, operations: { nothing: [] } };
    const steps = [{ loop: [{ call: "store.nothing" }], times: 10_000 }, { work: "1 s" }];
    expect(ends(steps, [0], {}, { store })).toEqual(["1 a ok"]);
    expect(ends(steps, [0], { "while-calling": "release" }, { store })).toEqual(["1 a ok"]);
  });
});

describe("choose", () => {
  test("goes on behind its ways, whichever was taken, and without one for the rest", () => {
    const sure = (share: string) => [
      { choose: [{ share, steps: [{ work: "3 s" }, { work: "2 s" }] }] },
      { work: "1 s" },
    ];
    expect(ends(sure("100 %"), [0])).toEqual(["6 a ok"]);
    expect(ends(sure("0 %"), [0])).toEqual(["1 a ok"]);
    expect(ends([{ choose: [{ share: "100 %", steps: [] }] }], [0])).toEqual(["0 a ok"]);
  });
});

describe("parallel", () => {
  const stores = {
    quick: { kind: "service", slots: 9, work: "1 s" },
    fair: { kind: "service", slots: 9, work: "2 s" },
    slow: { kind: "service", slots: 9, work: "4 s" },
    closed: { kind: "service", slots: 1, queue: { limit: 0 }, work: "900 s" },
  };
  const of = (names: readonly string[], wanted: number | string) => {
    const shop = {
      kind: "service",
      slots: 9,
      operations: {
        buy: [
          { parallel: names.map((call) => ({ call })), "wait-for": wanted },
          { parallel: [{ call: "quick" }] },
        ],
      },
    };
    const play = new Rehearsal({ shop, ...stores });
    play.ask(0, "closed", { name: "busy" });
    play.ask(0, "shop.buy", { name: "a" });
    play.run(1000);
    expect(play.live).toBe(0);
    return play.endings.filter((ending) => ending.includes(" a "));
  };

  test("waits for the first, for a quorum or for all, and another second", () => {
    const three = ["slow", "quick", "fair"];
    expect(of(three, "first")).toEqual(["2 a ok"]);
    expect(of(three, 2)).toEqual(["3 a ok"]);
    expect(of(three, 3)).toEqual(["5 a ok"]);
    expect(of(three, "all")).toEqual(["5 a ok"]);
  });

  test("fails as soon as there cannot be enough right answers", () => {
    expect(of(["slow", "closed", "fair"], 2)).toEqual(["5 a ok"]);
    expect(of(["slow", "closed", "fair"], 3)).toEqual(["0 a error"]);
    expect(of(["closed", "closed"], "first")).toEqual(["0 a error"]);
  });

  test("answers that nobody waits for any more change nothing, also after the caller has died", () => {
    const steps = [{ parallel: [{ call: "quick" }, { call: "slow" }], "wait-for": "first" }];
    const shop = { kind: "service", slots: 9, operations: { buy: [...steps, { work: "9 s" }] } };
    const faults = [{ kind: "crash", of: "shop", at: "500 ms", repair: "1 s" }];
    const play = new Rehearsal({ shop, ...stores }, { faults });
    play.ask(0, "shop.buy");
    play.ask(100, "shop.buy");
    play.run(1000);
    expect(play.endings).toEqual(["0.5 a lost", "110 b ok"]);
    expect(play.live).toBe(0);
    expect(play.counts("slow")).toEqual({ arrived: 2, ok: 2 });
  });
});

describe("resources of an instance", () => {
  test("a disk makes its operations first come, first served, some at once", () => {
    const disk = { iops: 2, "at-once": 1 };
    expect(ends([{ disk: 3 }], [0, 0.1], { disk })).toEqual(["1.5 a ok", "3 b ok"]);
    const both = { iops: 2, "at-once": 2 }; // two at once, so each takes twice as long
    expect(ends([{ disk: 3 }], [0, 0, 0], { disk: both })).toEqual(["3 a ok", "3 b ok", "6 c ok"]);
  });

  test("a network is shared evenly, or carries one after the other", () => {
    const network = { "bytes-per-second": "1 MB" };
    // Alone a would end at 2; from 1 on it has half: 1 MB left at half a MB/s.
    expect(ends([{ network: "2 MB" }], [0, 1], { network })).toEqual(["3 a ok", "4 b ok"]);
    const line = { ...network, sharing: "fcfs" };
    expect(ends([{ network: "2 MB" }], [0, 1], { network: line })).toEqual(["2 a ok", "4 b ok"]);
  });

  test("shared cores: each call has one while there are enough, and an even share when not", () => {
    const more = { cpu: { sharing: "processor-sharing" }, fleet: { type: "two-core" } };
    // a and b have a core each until 1; three on two cores have 2/3 each: 1 s of work takes 1.5 s;
    // then c has a core for the 1 s it has left.
    expect(ends([{ cpu: "2 s" }], [0, 0, 1], more)).toEqual(["2.5 a ok", "2.5 b ok", "3.5 c ok"]);
  });

  test("shared cores go slower on a slow instance, and are in use as long as it takes", () => {
    const more = { cpu: { sharing: "processor-sharing" } };
    const shop = { kind: "service", slots: 9, operations: { buy: [{ cpu: "2 s" }] }, ...more };
    const faults = [{ kind: "slow", of: "shop", at: "1 s", for: "2 s", factor: 4 }];
    const play = new Rehearsal({ shop }, { faults });
    play.ask(0, "shop.buy");
    play.ask(0, "shop.buy");
    play.run(20);
    // 1 s of the 4 s is done at 1, another half of one at 3.
    expect(play.endings).toEqual(["5.5 a ok", "5.5 b ok"]);
    expect(play.part("shop").read().busyTime).toBe(5.5 * SECOND);
  });

  test("shared cores forget whom a crash has killed", () => {
    const more = { cpu: { sharing: "processor-sharing" }, fleet: { "start-up": "1 s" } };
    const shop = { kind: "service", slots: 9, operations: { buy: [{ cpu: "2 s" }] }, ...more };
    const faults = [{ kind: "crash", of: "shop", at: "1 s", repair: "1 s" }];
    const play = new Rehearsal({ shop }, { faults });
    for (const at of [0, 0, 4]) play.ask(at, "shop.buy");
    play.run(20);
    expect(play.endings).toEqual(["1 a lost", "1 b lost", "6 c ok"]);
    expect(play.part("shop").read().busyTime).toBe(3 * SECOND);
  });
});

describe("memory", () => {
  const memory = { size: "100 MB", "when-full": "fail" };
  const steps = [{ hold: "40 MB" }, { work: "2 s" }];

  test("is held until the call leaves; whoever asks for too much fails, if told so", () => {
    expect(ends(steps, [0, 0.5, 1, 2.1], { memory })).toEqual([
      "1 c error",
      "2 a ok",
      "2.5 b ok",
      "4.1 d ok",
    ]);
  });

  test("or the instance is killed with all it works on, and starts again with none in use", () => {
    const kill = { size: "100 MB", restart: "3 s" };
    const shop = {
      kind: "service",
      slots: 9,
      fleet: { "start-up": "1 s" },
      operations: { buy: steps },
      memory: kill,
    };
    const play = new Rehearsal({ shop });
    for (const at of [0, 0.5, 1, 3, 5.1, 5.5]) play.ask(at, "shop.buy");
    play.run(20);
    expect(play.endings).toEqual([
      "1 a lost",
      "1 b lost",
      "1 c lost",
      "3 d refused",
      "7.1 e ok",
      "7.5 f ok",
    ]);
    expect(play.noted("fate")).toEqual(["1 shop-1 out of memory"]);
    expect(play.reasons("fate")).toEqual([
      "1: 40 MB more than 100 MB asked for; starts again after 3 s",
    ]);
    expect(play.live).toBe(0);
  });
});
