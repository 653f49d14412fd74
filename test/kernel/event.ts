import type { EventRecords } from "../../src/kernel/eventRecords.ts";

/** A record with an event due at a time. */
export function event(
  records: EventRecords,
  time: number,
  [kind, a, b]: readonly [kind: number, a: number, b: number] = [0, 0, 0],
): number {
  const record = records.create(kind, a, b);
  records.setTime(record, time);
  return record;
}
