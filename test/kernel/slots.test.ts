import { describe, expect, test } from "vitest";

import { EventRecords } from "../../src/kernel/eventRecords.ts";
import { Random } from "../../src/kernel/random.ts";
import { LANES, Slots, SLOTS } from "../../src/kernel/slots.ts";
import { event } from "./event.ts";

/** Takes a slot; the records that were in it. */
function take(slots: Slots, records: EventRecords, slot: number): Set<number> {
  const found = new Set<number>();
  for (let lane = 0; lane < LANES; lane++) {
    for (let record = slots.head(slot, lane); record !== 0; record = records.next(record)) {
      found.add(record);
    }
  }
  slots.clear(slot);
  return found;
}

describe("the slots", () => {
  test("know the lowest one that is not empty", () => {
    const records = new EventRecords();
    const slots = new Slots(records);
    expect(slots.first()).toBe(SLOTS);
    for (const slot of [SLOTS - 1, 992, 700, 256, 255, 32, 31, 0]) {
      slots.link(event(records, 0), slot);
      expect(slots.first()).toBe(slot);
    }
    for (const slot of [0, 31, 32, 255, 256, 700, 992, SLOTS - 1]) {
      expect(slots.first()).toBe(slot);
      expect(take(slots, records, slot).size).toBe(1);
    }
    expect(slots.first()).toBe(SLOTS);
  });

  test("spread over four lanes once many records are in use", () => {
    const records = new EventRecords();
    const slots = new Slots(records);
    const lanes = () => [0, 1, 2, 3].map((lane) => slots.head(5, lane) !== 0);
    for (let i = 0; i < 4; i++) slots.link(event(records, 0), 5);
    expect(lanes()).toEqual([true, false, false, false]);
    for (let i = 0; i < 10_000; i++) event(records, 0);
    for (let i = 0; i < 4; i++) slots.link(event(records, 0), 5);
    expect(lanes()).toEqual([true, true, true, true]);
  });

  test.each([
    ["one lane", 0],
    ["all lanes", 10_000],
  ])("hold what sets of records hold, under random acts, in %s", (_, recordsBefore) => {
    const records = new EventRecords(4);
    for (let record = 0; record < recordsBefore; record++) event(records, 0);
    const slots = new Slots(records);
    const random = new Random("slots");
    const sets = Array.from({ length: SLOTS }, () => new Set<number>());
    const homes = new Map<number, number>();
    for (let i = 0; i < 20_000; i++) {
      const slot = random.below(12) * 93;
      const action = random.below(homes.size < 60 ? 8 : 16);
      if (action < 7) {
        const record = event(records, 0);
        slots.link(record, slot);
        sets[slot]!.add(record);
        homes.set(record, slot);
      } else if (action < 15 && homes.size > 0) {
        const record = [...homes.keys()][random.below(homes.size)]!;
        slots.unlink(record);
        records.release(record);
        sets[homes.get(record)!]!.delete(record);
        homes.delete(record);
      } else {
        expect(take(slots, records, slot)).toEqual(sets[slot]!);
        for (const record of sets[slot]!) {
          records.release(record);
          homes.delete(record);
        }
        sets[slot]!.clear();
      }
      expect(slots.first()).toBe(sets.findIndex((set) => set.size > 0));
    }
  });
});
