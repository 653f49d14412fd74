/**
 * The event list does what a sorted array does: both live through the same random lives, and tell
 * of every event, every cancellation and the number pending.
 */
import { describe, expect, test } from "vitest";

import { EventList } from "../../src/kernel/eventList.ts";
import { EventRecords } from "../../src/kernel/eventRecords.ts";
import { Kernel, NO_EVENT } from "../../src/kernel/kernel.ts";
import { Random } from "../../src/kernel/random.ts";
import { HOUR, LONGEST_RUN, MILLISECOND, SECOND } from "../../src/kernel/time.ts";
import { SortedKernel } from "./sortedKernel.ts";

/** Where slots begin [ns]; ties there are the most delicate. */
const EPOCH = 2 ** 15;
/** Delays [ns]: ties, an epoch, each level of the wheel, and beyond the wheel (20 h). */
const SPANS = [0, 3, EPOCH, MILLISECOND, 300 * MILLISECOND, 100 * SECOND, 5 * HOUR, 60 * HOUR];

interface Life {
  seed: string;
  /** How many events are kept pending [events]. */
  crowd: number;
  /** How many events run [events]. */
  events: number;
}

/** Schedules and cancels at random, from inside handlers and between runs; tells what happened. */
function live(kernel: Kernel | SortedKernel, { seed, crowd, events }: Life): number[] {
  const random = new Random(seed);
  const story: number[] = [];
  const handles = [NO_EVENT];
  const cancelShare = random.next() ** 2;

  // Some parts of a life are all hurry, some all patience, most mix the two.
  let shortest = 0;
  let spans = 1;
  const changePace = (): void => {
    shortest = random.below(SPANS.length);
    spans = 1 + random.below(SPANS.length - shortest);
  };
  const delay = (): number => {
    const span = SPANS[shortest + random.below(spans)]!;
    const shape = random.below(6);
    if (shape === 0) return span;
    if (shape === 1) return EPOCH - (kernel.now % EPOCH);
    return Math.floor(random.next() * span * 1.5);
  };
  const act = (): void => {
    const births = random.below(kernel.pending < crowd ? 4 : 2);
    for (let birth = 0; birth < births; birth++) {
      const kind = kinds[random.below(kinds.length)]!;
      const [a, b] = [random.below(1000), random.below(1000)];
      const exact = random.below(4) === 0;
      handles.push(exact ? kind.at(kernel.now + delay(), a, b) : kind.after(delay(), a, b));
    }
    if (random.next() < cancelShare) {
      story.push(Number(kernel.cancel(handles[random.below(handles.length)]!)));
      story.push(Number(kernel.cancel(handles.at(-1 - random.below(3)) ?? NO_EVENT)));
    }
    story.push(kernel.pending);
  };
  const kinds = [0, 1, 2].map((kind) =>
    kernel.on((a, b) => {
      story.push(kernel.now, kind, a, b);
      if (kernel.executed >= events) kernel.stop();
      else act();
      if (random.below(50) === 0) kernel.stop();
    }),
  );

  for (let part = 0; part < 20 && kernel.executed < events; part++) {
    changePace();
    for (let i = random.below(crowd); i >= 0; i--) act();
    changePace();
    const until = part % 2 === 0 ? kernel.now + delay() : kernel.now + 1000 * HOUR;
    if (until > LONGEST_RUN) break;
    kernel.run(until);
    story.push(kernel.now, kernel.executed);
  }
  return story;
}

function expectSameLives(lives: Iterable<Life>, kernel: () => Kernel): void {
  for (const life of lives) {
    const story = live(kernel(), life);
    const twin = live(new SortedKernel(), life);
    const parting = story.findIndex((word, i) => word !== twin[i]);
    if (parting >= 0) expect.fail(`life "${life.seed}" parts from its twin's at word ${parting}`);
    expect(story.length).toBe(twin.length);
  }
}

function* lives(name: string, count: number, crowd: number, events: number): Iterable<Life> {
  for (let i = 0; i < count; i++) yield { seed: `${name} ${i}`, crowd, events };
}

describe("the event list does what a sorted array does", () => {
  test("with few events", () => {
    expectSameLives(lives("few", 1500, 4, 150), () => new Kernel());
  });

  test("with more events than go to the near heap at once", () => {
    expectSameLives(lives("some", 250, 300, 800), () => new Kernel());
  });

  test("with many events", () => {
    expectSameLives(lives("many", 3, 1000, 4000), () => new Kernel());
  });

  test("with so many that a slot is emptied lane by lane", () => {
    const crowded = (kernel: Kernel | SortedKernel) => {
      const never = kernel.on(() => {});
      for (let i = 0; i < 9000; i++) never.after(1e18, 0, 0);
      return kernel;
    };
    for (const life of lives("lanes", 2, 400, 2000)) {
      expect(live(crowded(new Kernel()), life)).toEqual(live(crowded(new SortedKernel()), life));
    }
  });

  test("when the records must grow", () => {
    const small = () => new Kernel(new EventList(new EventRecords(2)));
    expectSameLives(lives("grow", 200, 40, 300), small);
  });

  test("when the numbering of events passes 2^31 and 2^32", () => {
    const nearSignChange = () => new Kernel(new EventList(new EventRecords(16, 2 ** 31 - 51)));
    const nearWrap = () => new Kernel(new EventList(new EventRecords(16, -51)));
    expectSameLives(lives("sign", 200, 20, 200), nearSignChange);
    expectSameLives(lives("wrap", 200, 20, 200), nearWrap);
  });
});
