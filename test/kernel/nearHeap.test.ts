import { expect, test } from "vitest";

import { EventRecords } from "../../src/kernel/eventRecords.ts";
import { NearHeap } from "../../src/kernel/nearHeap.ts";
import { Random } from "../../src/kernel/random.ts";
import { event } from "./event.ts";

/** A heap of events with few different times, more than it has room for at first. */
function filledHeap(latest: number) {
  const records = new EventRecords(1024, latest);
  const heap = new NearHeap(records);
  const random = new Random("heap");
  const events = Array.from({ length: 1000 }, (_, i) => {
    const time = random.below(20);
    const record = event(records, time, [0, i, 0]);
    heap.push(record);
    return { time, i, record };
  });
  return { records, heap, events };
}

test.each([1, 2 ** 31 - 501, -501])(
  "events come out by time, then by order of scheduling, which began after %d",
  (latest) => {
    const { records, heap, events } = filledHeap(latest);
    const expected = events.toSorted((x, y) => x.time - y.time || x.i - y.i);
    for (const { time, i } of expected) {
      expect(heap.firstTime()).toBe(time);
      expect(records.a(heap.pop())).toBe(i);
    }
    expect(heap.size).toBe(0);
  },
);

test("an event released before its time comes out as none, though its record was taken again", () => {
  const { records, heap, events } = filledHeap(1);
  const released = events.filter(({ i }) => i % 3 === 0);
  for (const { record } of released) records.release(record);
  for (const { time } of released) event(records, time, [1, 0, 0]);
  const popped = events.map(() => heap.pop());
  expect(popped.filter((record) => record === 0).length).toBe(released.length);
  expect(popped.every((record) => record === 0 || records.kind(record) === 0)).toBe(true);
});

test("emptying hands on every live event once, also to itself", () => {
  const { records, heap, events } = filledHeap(1);
  for (const { record, i } of events) if (i % 2 === 0) records.release(record);
  const kept: number[] = [];
  heap.empty((record) => {
    if (records.time(record) < 10) heap.push(record);
    else kept.push(record);
  });
  while (heap.size > 0) kept.push(heap.pop());
  const live = events.filter(({ i }) => i % 2 === 1).map(({ record }) => record);
  expect(kept.toSorted((x, y) => x - y)).toEqual(live);
});
