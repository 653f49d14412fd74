/** What the cloud refuses, when it is asked again, and what stands by for that. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";
import { web } from "../support/web.ts";

const large = (fleet: object = {}) => web({ type: "large", ...fleet });

describe("a quota", () => {
  test("refuses what is above it, and is asked again after 15, 30 and 60 s", () => {
    const play = new Rehearsal(large({ instances: 2 }), {
      supply: { quotas: [{ of: "large", instances: 2 }] },
    });
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.run(150);
    expect(play.noted("fleet")).toEqual([
      "1 web launch refused",
      "16 web launch refused",
      "46 web launch refused",
      "106 web launch refused",
    ]);
    expect(play.reasons("fleet")[0]).toBe(
      "1: quota: large has 2 of 2 instances; 2 of 3 instances, tried again after 15 s",
    );
  });

  test("is shared by all parts, so that one that shrinks makes room for another", () => {
    const { web: one } = large();
    const play = new Rehearsal(
      { ...large(), api: { ...one, fleet: { ...one.fleet, instances: 2 } } },
      { supply: { quotas: [{ instances: 3 }] } },
    );
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.at(20, () => play.fleet("api").scaleTo(1, "less"));
    play.run(100);
    // Refused at 1 and 16; there is room from 20 on, and the next try is at 46.
    expect(play.noted("fleet").filter((line) => line.includes("web"))).toEqual([
      "1 web launch refused",
      "16 web launch refused",
      "46 web-2 launch",
      "61 web-2 ready",
    ]);
  });

  test("counts cores where it is said in cores", () => {
    const play = new Rehearsal(large(), { cores: 4, supply: { quotas: [{ cores: 10 }] } });
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    play.run(1);
    expect(play.states("web")).toHaveLength(2);
    expect(play.reasons("fleet").at(-1)).toMatch(/the account has 8 of 10 cores, and it takes 4/);
  });
});

describe("a shortage", () => {
  const shortage = { at: "0 s", for: "60 s" };

  test("in one zone sends launches to another", () => {
    const play = new Rehearsal(large({ zones: ["a", "b"], instances: 2 }), {
      supply: { shortages: [{ ...shortage, zone: "a" }] },
    });
    play.at(1, () => play.fleet("web").scaleTo(4, "more"));
    play.run(20);
    expect(play.fleet("web").instances.map(({ zone }) => zone)).toEqual(["a", "b", "b", "b"]);
  });

  test("everywhere is over when it is over", () => {
    const play = new Rehearsal(large(), { supply: { shortages: [shortage] } });
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(130);
    // Tried at 1, 16, 46 and, when it is over, at 106.
    expect(play.noted("fleet").at(-2)).toBe("106 web-2 launch");
  });

  test("of another type is no concern", () => {
    const play = new Rehearsal(large(), { supply: { shortages: [{ ...shortage, of: "small" }] } });
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(1);
    expect(play.states("web")).toHaveLength(2);
  });

  test("by chance refuses its share of the launches", () => {
    // 2000 launches at 30 %: 600 ± 3.3 · √(2000 · 0.3 · 0.7) = 600 ± 68 at the level of 99.9 %.
    const play = new Rehearsal(large(), {
      supply: { shortages: [{ ...shortage, for: "3000 s", chance: "30 %" }], retry: "immediate" },
    });
    for (let count = 2; count <= 2001; count++)
      play.at(count, () => play.fleet("web").scaleTo(count, "more"));
    play.run(2100);
    const refused = play.noted("fleet").filter((line) => line.endsWith("refused")).length;
    const tries = 2000 + refused;
    const half = 3.3 * Math.sqrt(tries * 0.3 * 0.7);
    expect(Math.abs(refused - 0.3 * tries)).toBeLessThan(half);
  });
});

describe("a warm pool", () => {
  const pool = (more: object = {}) => ({ "warm-pool": { size: 1, "start-up": "2 s", ...more } });

  test("has one ready sooner, and another when it is filled again", () => {
    const play = new Rehearsal(web(pool()));
    play.at(1, () => play.fleet("web").scaleTo(3, "more"));
    play.at(17, () => play.fleet("web").scaleTo(4, "more"));
    play.run(40);
    // The second finds the pool empty: 5 s + 10 s. The pool is full again at 16.
    expect(play.noted("fleet").filter((line) => line.endsWith("ready"))).toEqual([
      "3 web-2 ready",
      "16 web-3 ready",
      "19 web-4 ready",
    ]);
  });

  test("is paid for by the share it costs to wait, and whole while it is filled", () => {
    const play = new Rehearsal(web(pool({ cost: "50 %" })));
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(21);
    // Half of 1 s, 15 s of preparing from 1 to 16, half of 5 s.
    const paid = play.fleet("web").options.warmPool!.paidTimes();
    expect(paid.map((time) => time / SECOND)).toEqual([0.5 + 15 + 2.5]);
  });

  // One serves and one waits where the quota is one.
  test.each([
    ["stopped", ["1 web launch refused", "16 web launch refused", "46 web launch refused"]],
    ["running", ["1 web-2 launch", "3 web-2 ready"]],
  ])("gives one that is %s as the cloud lets it", (state, noted) => {
    const play = new Rehearsal(web({ type: "large", ...pool({ state }) }), {
      supply: { quotas: [{ of: "large", instances: 1 }] },
    });
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(60);
    expect(play.noted("fleet")).toEqual(noted);
  });

  test("keeps what cannot be had for the next try", () => {
    const play = new Rehearsal(web(pool()), {
      supply: { shortages: [{ at: "0 s", for: "10 s" }] },
    });
    play.at(1, () => play.fleet("web").scaleTo(2, "more"));
    play.run(60);
    // Refused at 1, tried again at 16: out of the pool, ready 2 s later.
    expect(play.noted("fleet")).toEqual([
      "1 web launch refused",
      "16 web-2 launch",
      "18 web-2 ready",
    ]);
  });

  test("costs nothing stopped and all of it running, unless something else is said", () => {
    const paid = (state: string) => {
      const play = new Rehearsal(web(pool({ state })));
      play.run(10);
      return play.fleet("web").options.warmPool!.paidTimes();
    };
    expect([paid("stopped"), paid("running")]).toEqual([[], [10 * SECOND]]);
  });
});
