/** What every way of writing must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { writes } from "../../src/model/writes/index.ts";
import { database, memory } from "../support/memory.ts";
import { Rehearsal } from "../support/rehearsal.ts";

describe.each(writes)("$kind", ({ kind, usesStore }) => {
  const played = (wishes: number, faults: object[] = []) => {
    const play = new Rehearsal(memory({ writes: kind }, {}, database()), { faults });
    for (let wish = 0; wish < wishes; wish++) play.ask(wish / 10, "memory.set", { key: wish % 7 });
    play.run(100);
    expect(play.endings).toHaveLength(wishes);
    expect(play.live).toBe(0);
    return play.counts("store");
  };

  test("answers every write, and writes to the store if it says so", () => {
    const { arrived, ok } = played(50);
    expect(ok ?? 0).toBe(arrived);
    expect(arrived! > 0).toBe(usesStore);
  });

  test("answers every write when its instance dies in between", () => {
    played(50, [{ kind: "crash", of: "memory", at: "2050 ms", repair: "1 s" }]);
  });

  test("answers every write when the store dies in between", () => {
    played(50, [{ kind: "crash", of: "store", at: "2050 ms", repair: "1 s" }]);
  });
});
