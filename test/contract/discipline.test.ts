/** What every queue discipline must keep, run over the list: adding one to the list tests it. */
import { describe, expect, test } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { NONE } from "../../src/model/calls.ts";
import { disciplines, disciplineSchema } from "../../src/model/disciplines/index.ts";
import { emptyQueue } from "../support/queue.ts";

describe.each(disciplines.map(({ kind }) => kind))("%s", (kind) => {
  test("an empty queue serves nobody, and again after it was in use", () => {
    const queue = emptyQueue(kind);
    expect(queue.shift()).toBe(NONE);
    queue.push(4);
    expect(queue.shift()).toBe(4);
    expect(queue.shift()).toBe(NONE);
    expect(queue.length).toBe(0);
  });

  test("whoever comes is served once, whatever the order of coming and serving", () => {
    const queue = emptyQueue(kind);
    const random = new Random("waiting");
    const waiting = new Set<number>();
    for (let event = 0; event < 5_000; event++) {
      const call = random.below(200);
      if (random.below(2) === 0 && !waiting.has(call)) {
        queue.push(call);
        waiting.add(call);
      } else {
        const served = queue.shift();
        if (served === NONE) expect(waiting.size).toBe(0);
        else expect(waiting.delete(served)).toBe(true);
      }
      expect(queue.length).toBe(waiting.size);
    }
  });

  test("whoever leaves from wherever it stands is not served, and everybody else is", () => {
    const queue = emptyQueue(kind);
    const random = new Random("leaving");
    const waiting = new Set<number>();
    for (let event = 0; event < 5_000; event++) {
      const call = random.below(40);
      if (waiting.delete(call)) queue.remove(call);
      else {
        queue.push(call);
        waiting.add(call);
      }
      expect(queue.length).toBe(waiting.size);
      if (random.below(20) > 0) continue;
      for (let served = queue.shift(); served !== NONE; served = queue.shift()) {
        expect(waiting.delete(served)).toBe(true);
      }
      expect(waiting.size).toBe(0);
    }
  });

  test("two queues share the links and leave each other alone", () => {
    const [one, two] = [emptyQueue(kind), emptyQueue(kind)];
    for (const call of [0, 2, 4]) one.push(call);
    for (const call of [1, 3]) two.push(call);
    const served = [two.shift(), two.shift(), two.shift()];
    expect(new Set(served)).toEqual(new Set([1, 3, NONE]));
    expect(new Set([one.shift(), one.shift(), one.shift()])).toEqual(new Set([0, 2, 4]));
  });
});

test("first in, first out is meant when nothing is said", () => {
  expect(disciplineSchema.parse({})).toEqual({ kind: "fifo" });
});
