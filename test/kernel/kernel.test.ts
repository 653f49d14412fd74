import { describe, expect, test } from "vitest";

import { BrokenInvariant } from "../../src/kernel/assert.ts";
import { Kernel, NO_EVENT } from "../../src/kernel/kernel.ts";
import { HOUR, LONGEST_RUN, SECOND } from "../../src/kernel/time.ts";

/** A kernel, a kind of event that is noted when it runs, and the notes: [time, a, b]. */
function noted() {
  const kernel = new Kernel();
  const notes: [number, number, number][] = [];
  const note = kernel.on((a, b) => notes.push([kernel.now, a, b]));
  return { kernel, note, notes };
}

describe("events run", () => {
  test("in order of time", () => {
    const { kernel, note, notes } = noted();
    for (const time of [HOUR, 3, 100 * HOUR, 0, SECOND, 70_000]) note.at(time, 1, 2);
    kernel.run(LONGEST_RUN);
    expect(notes).toEqual([0, 3, 70_000, SECOND, HOUR, 100 * HOUR].map((time) => [time, 1, 2]));
  });

  test("at the same time in the order they were scheduled, however far ahead", () => {
    const { kernel, note, notes } = noted();
    note.at(HOUR, 1);
    const late = kernel.on(() => {
      note.at(HOUR, 3);
      note.after(HOUR - kernel.now, 4);
    });
    late.at(HOUR - 5);
    note.at(HOUR, 2);
    kernel.run(HOUR);
    expect(notes.map(([, a]) => a)).toEqual([1, 2, 3, 4]);
  });

  test("with zero delay, after those already waiting for this instant", () => {
    const { kernel, note, notes } = noted();
    const first = kernel.on(() => note.after(0, 2));
    first.at(7);
    note.at(7, 1);
    kernel.run(7);
    expect(notes).toEqual([
      [7, 1, 0],
      [7, 2, 0],
    ]);
  });

  test("with the two numbers they were scheduled with, negative ones too", () => {
    const { kernel, note, notes } = noted();
    note.after(1, -1, 2 ** 31 - 1);
    note.after(2, -(2 ** 31), -7);
    note.after(3);
    kernel.run(3);
    expect(notes).toEqual([
      [1, -1, 2 ** 31 - 1],
      [2, -(2 ** 31), -7],
      [3, 0, 0],
    ]);
  });

  test("at whole nanoseconds, the nearest to the delay asked for", () => {
    const { kernel, note, notes } = noted();
    for (const delay of [2.4, 2.5, 0.49, 1e9 + 0.3]) note.after(delay);
    kernel.run(2 * SECOND);
    expect(notes.map(([time]) => time)).toEqual([0, 2, 3, 1e9]);
  });
});

describe("a run", () => {
  test("includes its end, and leaves the clock there", () => {
    const { kernel, note, notes } = noted();
    note.at(10);
    note.at(11);
    kernel.run(10);
    expect(notes.length).toBe(1);
    expect(kernel.now).toBe(10);
    kernel.run(20);
    expect(notes.length).toBe(2);
    expect(kernel.now).toBe(20);
  });

  test("ends early after the event that stops it, and can go on", () => {
    const { kernel, note, notes } = noted();
    kernel.on(() => kernel.stop()).at(5);
    note.at(5, 1);
    kernel.run(10);
    expect([kernel.now, notes.length, kernel.pending]).toEqual([5, 0, 1]);
    kernel.run(10);
    expect([kernel.now, notes.length, kernel.pending]).toEqual([10, 1, 0]);
  });

  test("counts what ran and what is pending", () => {
    const { kernel, note } = noted();
    const handles = [1, 2, 3, 4].map((time) => note.at(time));
    kernel.cancel(handles[3]!);
    expect([kernel.executed, kernel.pending]).toEqual([0, 3]);
    kernel.run(2);
    expect([kernel.executed, kernel.pending]).toEqual([2, 1]);
  });

  test("never reaches events beyond the longest run", () => {
    const { kernel, note, notes } = noted();
    note.after(1e300);
    note.after(LONGEST_RUN + 1);
    note.after(LONGEST_RUN);
    kernel.run(LONGEST_RUN);
    expect(notes).toEqual([[LONGEST_RUN, 0, 0]]);
    expect(kernel.pending).toBe(2);
  });
});

describe("cancelling", () => {
  test("takes an event out once", () => {
    const { kernel, note, notes } = noted();
    const handle = note.after(HOUR);
    expect(kernel.cancel(handle)).toBe(true);
    expect(kernel.cancel(handle)).toBe(false);
    kernel.run(2 * HOUR);
    expect(notes).toEqual([]);
  });

  test("does nothing to an event that has run, though its place was taken by another", () => {
    const { kernel, note, notes } = noted();
    const early = note.after(1);
    kernel.run(1);
    const late = note.after(1);
    expect(late).not.toBe(early);
    expect(kernel.cancel(early)).toBe(false);
    kernel.run(2);
    expect(notes.length).toBe(2);
  });

  test("an event cannot cancel itself while it runs", () => {
    const kernel = new Kernel();
    let cancelled = true;
    const self = kernel.on(() => {
      cancelled = kernel.cancel(handle);
    });
    const handle = self.after(1);
    kernel.run(1);
    expect(cancelled).toBe(false);
  });

  test("works on events of the same instant that have not run yet", () => {
    const { kernel, note, notes } = noted();
    kernel.on(() => kernel.cancel(rival)).at(5);
    const rival = note.at(5);
    kernel.run(5);
    expect(notes).toEqual([]);
  });

  test("no event is none", () => {
    const { kernel, note } = noted();
    expect(kernel.cancel(NO_EVENT)).toBe(false);
    expect(note.after(1)).not.toBe(NO_EVENT);
    expect(kernel.pending).toBe(1);
  });
});

describe("the kernel refuses", () => {
  test("delays that are negative, infinite or no number", () => {
    const { kernel, note } = noted();
    for (const delay of [-1, -0.1, Infinity, NaN]) {
      expect(() => note.after(delay)).toThrow(BrokenInvariant);
    }
    kernel.run(10);
    expect(() => note.at(9)).toThrow(BrokenInvariant);
    expect(kernel.pending).toBe(0);
  });

  test("runs into the past, beyond the longest, and within a run", () => {
    const { kernel } = noted();
    kernel.run(10);
    expect(() => kernel.run(9)).toThrow(BrokenInvariant);
    expect(() => kernel.run(Infinity)).toThrow(BrokenInvariant);
    kernel.on(() => kernel.run(20)).at(11);
    expect(() => kernel.run(12)).toThrow("a handler called run");
  });
});
