import { describe, expect, test } from "vitest";

import { EventRecords } from "../../src/kernel/eventRecords.ts";
import { event } from "./event.ts";

describe("event records", () => {
  test("keep what they were filled with while others come, go and make the block grow", () => {
    const records = new EventRecords(2);
    const kept = [1, 2, 3].map((i) => event(records, i * 1e15 + 1, [i, -i, i * 1e6]));
    for (let i = 0; i < 100; i++) {
      const passing = event(records, 9, [9, 9, 9]);
      if (i % 3 > 0) records.release(passing);
    }
    expect(records.used).toBe(3 + 34);
    for (const [index, record] of kept.entries()) {
      const i = index + 1;
      expect(records.time(record)).toBe(i * 1e15 + 1);
      expect([records.kind(record), records.a(record), records.b(record)]).toEqual([
        i,
        -i,
        i * 1e6,
      ]);
    }
  });

  test("a handle finds its event, and nothing once that is over or another has its place", () => {
    const records = new EventRecords();
    const record = event(records, 1);
    const handle = records.handle(record);
    expect(records.find(handle)).toBe(record);
    records.release(record);
    expect(records.find(handle)).toBe(0);
    expect(event(records, 2)).toBe(record);
    expect(records.find(handle)).toBe(0);
    expect(records.find(records.handle(record))).toBe(record);
  });

  test("handles stay distinct and whole where the numbering changes sign and begins anew", () => {
    for (const latest of [2 ** 28 - 201, 2 ** 29 - 201, 2 ** 31 - 201, -201]) {
      const records = new EventRecords(8, latest);
      const handles = new Set<number>();
      for (let i = 0; i < 200; i++) {
        const record = event(records, i, [5, 6, 7]);
        const handle = records.handle(record);
        expect(records.find(handle)).toBe(record);
        expect([...handles].some((stale) => records.find(stale) !== 0)).toBe(false);
        handles.add(handle);
        records.release(record);
      }
      expect(handles.size).toBe(200);
      expect([...handles].every((handle) => Number.isSafeInteger(handle) && handle > 0)).toBe(true);
    }
  });

  test("the kind is told from the age that shares its word", () => {
    const records = new EventRecords(4, -3);
    const ages = [1, 2, 3].map(() => event(records, 0, [2 ** 24 - 1, 0, 0]));
    expect(ages.map((record) => records.kind(record))).toEqual(Array(3).fill(2 ** 24 - 1));
    const numbers = ages.map((record) => records.number(record));
    expect(numbers).toEqual([2 ** 32 - 1, 2 ** 32 + 1, 2 ** 32 + 3]);
  });
});
