/** Spares take the place of instances that die: when, in what order, and for how much. */
import { describe, expect, test } from "vitest";
import { SECOND } from "../../src/kernel/time.ts";
import { Rehearsal } from "../support/rehearsal.ts";
import { web } from "../support/web.ts";

const spare = (more: object = {}) =>
  web({ instances: 2, standby: { "take-over": "4 s", ...more }, "replace-after": "99 s" });
const crash = (at: string, more: object = {}) => ({
  kind: "crash",
  of: "web",
  at,
  repair: "20 s",
  ...more,
});

describe("a standby", () => {
  test("takes the place of the first that dies; who dies next waits for a repair", () => {
    const play = new Rehearsal(spare(), { faults: [crash("1 s", { instances: 2 })] });
    play.run(60);
    // Both are mended at 21. The first of them is a spare then, and takes over for the other at
    // once: before that one begins to start again itself.
    expect(play.states("web").sort()).toEqual(["gone", "gone", "ready", "ready"]);
    expect(play.noted("fleet").filter((line) => !line.endsWith("launch"))).toEqual([
      "5 web-3 ready",
      "25 web-4 ready",
    ]);
  });

  test("is there again once the dead one is mended", () => {
    const play = new Rehearsal(spare(), { faults: [crash("1 s"), crash("30 s"), crash("40 s")] });
    play.run(90);
    // At 40 there is none: that one is mended at 60, by when the spare of 50 has taken over.
    const ready = play.noted("fleet").filter((line) => line.endsWith("ready"));
    expect(ready.map((line) => line.split(" ")[0])).toEqual(["5", "34", "54"]);
    expect(play.states("web").filter((state) => state === "ready")).toHaveLength(2);
  });

  test("is called from when it serves on, and the dead one no more", () => {
    const play = new Rehearsal(
      web({ instances: 1, standby: { "take-over": "4 s" } }, { "health-check": "none" }),
      { faults: [crash("1 s")] },
    );
    for (const at of [2, 6, 20]) play.ask(at, "web");
    play.run(60);
    expect(play.endings.map((ending) => ending.split(" ").slice(1).join(" "))).toEqual([
      "a refused",
      "b ok",
      "c ok",
    ]);
  });

  test("is paid for while it waits, unless it is cold", () => {
    const paid = (state: string) => {
      const play = new Rehearsal(spare({ state }), { faults: [crash("1 s")] });
      play.run(31);
      return play.fleet("web").standby!.paidTimes();
    };
    // One second before the crash and ten after the repair.
    expect([paid("hot"), paid("warm"), paid("cold")]).toEqual([[11 * SECOND], [11 * SECOND], []]);
  });

  test("unless it says how long it takes over in 10 to 60 s hot and 1 to 15 min warm", () => {
    const gap = (state: string) => {
      const fleet = { instances: 1, standby: { state, instances: 30 } };
      const crashes = Array.from({ length: 20 }, (_, index) => crash(`${index * 20 + 1} min`));
      const play = new Rehearsal(web(fleet), { faults: crashes });
      play.run(420 * 60);
      const notes = play.noted("fleet").map((line) => Number(line.split(" ")[0]));
      return notes.filter((_, index) => index % 2 === 1).map((at, i) => at - notes[2 * i]!);
    };
    for (const [state, least, most] of [
      ["hot", 10, 60],
      ["warm", 60, 900],
    ] as const) {
      const gaps = gap(state);
      expect(gaps).toHaveLength(20);
      // Of twenty, one lies in the lower and one in the upper half but in 2 of 2^20 cases.
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(least);
      expect(Math.min(...gaps)).toBeLessThan((least + most) / 2);
      expect(Math.max(...gaps)).toBeGreaterThan((least + most) / 2);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(most);
    }
  });
});
