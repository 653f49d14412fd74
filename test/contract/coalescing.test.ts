/** What every way of coalescing must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { coalescings } from "../../src/model/coalescings/index.ts";
import { memory, reads } from "../support/memory.ts";
import { Rehearsal } from "../support/rehearsal.ts";

describe.each(coalescings.map(({ kind }) => kind))("%s", (kind) => {
  const asked = (times: readonly number[], more: object = {}) => {
    const play = new Rehearsal(memory({ coalesce: kind, ...more }));
    for (const at of times) play.ask(at, "memory.get", { key: 7 });
    play.run(100);
    expect(play.endings).toHaveLength(times.length);
    expect(play.live).toBe(0);
    return play;
  };

  test("one fetch serves all who ask while it is under way", () => {
    expect(reads(asked([0, 0, 0.3, 1.9]))).toBe(1);
  });

  test("nobody is served before the item is there, nor long after", () => {
    const { endings } = asked([0, 0.1, 0.7, 1.9]);
    for (const ending of endings) {
      const at = Number(ending.split(" ")[0]);
      expect(at >= 2 && at <= 2.5).toBe(true);
    }
  });

  test("a failed fetch does not keep the next from fetching", () => {
    const play = asked([0, 0.2, 50], { timeout: "1 s" });
    expect(play.endings.every((ending) => ending.endsWith("timed-out"))).toBe(true);
    expect(reads(play)).toBeGreaterThan(1);
  });

  test("calls about different items, or none, do not wait for each other", () => {
    const play = new Rehearsal(memory({ coalesce: kind }));
    for (const wish of [{ key: 1 }, { key: 2 }, {}, {}]) play.ask(0, "memory.get", wish);
    play.run(100);
    expect(reads(play)).toBe(4);
    expect(play.endings).toEqual(["2 a ok", "2 b ok", "2 c ok", "2 d ok"]);
  });
});
