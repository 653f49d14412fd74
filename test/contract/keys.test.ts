/** What every popularity law must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { keyLaws, keysSchema } from "../../src/model/keys/index.ts";
import { make } from "../../src/schema/definition.ts";

describe.each(keyLaws.map(({ kind }) => kind))("%s", (kind) => {
  const keysOf = (items: number | string, stream = "keys") =>
    make(keyLaws, keysSchema.parse({ kind, items }), { random: new Random(stream) });

  test("there are as many items as were asked for, also in short form", () => {
    expect(keysOf(12).items).toBe(12);
    expect(keysOf("2k").items).toBe(2000);
  });

  test("keys are whole numbers from 0 to one below the number of items", () => {
    const keys = keysOf(7);
    for (let draw = 0; draw < 1000; draw++) {
      const key = keys.draw();
      expect(Number.isInteger(key) && key >= 0 && key < 7).toBe(true);
    }
  });

  test("every one of a few items comes up", () => {
    const keys = keysOf(7);
    expect(new Set(Array.from({ length: 1000 }, () => keys.draw())).size).toBe(7);
  });

  test("a single item is the only one ever drawn", () => {
    const keys = keysOf(1);
    expect(Array.from({ length: 20 }, () => keys.draw()).every((key) => key === 0)).toBe(true);
  });

  test("the same stream draws the same keys", () => {
    const run = () => {
      const keys = keysOf(1000, "again");
      return Array.from({ length: 200 }, () => keys.draw());
    };
    expect(run()).toEqual(run());
  });

  test("no items, or half an item, is refused", () => {
    expect(keysSchema.safeParse({ kind, items: 0 }).success).toBe(false);
    expect(keysSchema.safeParse({ kind, items: 1.5 }).success).toBe(false);
  });
});
