/**
 * A Markov-modulated Poisson process: the world is in one of a few states, each with its own rate,
 * and changes between them by chance. Bursts that no average shows.
 *
 * What is left of a gap when the state changes is forgotten and drawn anew at the new rate, which is
 * exact: exponential times have no memory.
 */
import { z } from "zod";
import type { Random } from "../../kernel/random.ts";
import { SECOND, type Duration } from "../../kernel/time.ts";
import * as fields from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { arrivals, type Arrivals } from "./arrivals.ts";

/** One state of the world. */
export interface State {
  /** Arrivals while it lasts [1/s]. */
  readonly rate: number;
  /** How long it lasts on average [ns]. */
  readonly holding: Duration;
  /** Share of its ends after which each state follows; the next in the list unless given. */
  readonly next?: readonly number[] | undefined;
}

const stateSchema = z.strictObject({
  rate: fields.rate("Arrivals while it lasts."),
  holding: fields.duration("How long it lasts on average; exponential.", { min: 1e6 }),
  next: z
    .array(fields.share("Share of its ends after which this state follows."))
    .describe("For each state the share with which it follows; the next in the list unless given.")
    .optional(),
});

export const mmpp = arrivals({
  kind: "mmpp",
  summary: "Poisson arrivals whose rate jumps between the states of a Markov chain.",
  source: "W. Fischer and K. Meier-Hellstern, Performance Evaluation 18, 1993",
  notes: "It begins in a state drawn by the share of time each one has in the long run.",
  example:
    "arrivals: { kind: mmpp, states: [{ rate: 100 rps, holding: 50 s }, { rate: 900 rps, holding: 10 s }] }",
  oblivious: true,
  options: {
    states: z
      .array(stateSchema)
      .min(2)
      .max(64)
      .describe("The states, each with rate and mean time."),
  },
  check({ states }) {
    const issues = states.flatMap((state, index) => checkNext(state, index, states.length));
    return issues.length > 0 ? issues : checkReach(states);
  },
  expected({ states }, { duration }) {
    const shares = longRun(states);
    const perSecond = states.reduce((sum, { rate }, state) => sum + rate * shares[state]!, 0);
    return (perSecond * duration) / SECOND;
  },
  create: ({ states }, { random, duration }) => new Modulated(states, random, duration),
});

/** Arrivals of a chain of states. */
export class Modulated implements Arrivals {
  private readonly states: readonly State[];
  private readonly random: Random;
  private readonly end: Duration;
  /** The state it is in, and until when [ns] -- state. */
  private state: number;
  private until: Duration;

  /** @param end of the run, after which no arrival is looked for [ns] */
  constructor(states: readonly State[], random: Random, end: Duration) {
    this.states = states;
    this.end = end;
    this.random = random;
    this.state = drawn(longRun(states), random);
    this.until = this.holding();
  }

  next(now: Duration): Duration {
    let from = now;
    while (from > this.until) this.change();
    for (;;) {
      const { rate } = this.states[this.state]!;
      const gap = rate === 0 ? Infinity : (this.random.exponential() * SECOND) / rate;
      if (from + gap <= this.until) return Math.floor(from + gap + 0.5);
      if (this.until > this.end) return Infinity;
      from = this.until;
      this.change();
    }
  }

  private change(): void {
    const { next } = this.states[this.state]!;
    const following = (this.state + 1) % this.states.length;
    this.state = next ? drawn(next, this.random) : following;
    this.until += this.holding();
  }

  private holding(): Duration {
    return this.random.exponential() * this.states[this.state]!.holding;
  }
}

function drawn(shares: readonly number[], random: Random): number {
  let rest = random.next();
  for (let index = 0; index < shares.length - 1; index++) {
    rest -= shares[index]!;
    if (rest < 0) return index;
  }
  return shares.length - 1;
}

/**
 * The share of time of each state in the long run, by eliminating one state after another without
 * subtractions (Grassmann, Taksar and Heyman, Operations Research 33, 1985).
 */
export function longRun(states: readonly State[]): number[] {
  const count = states.length;
  const rates = states.map(({ holding }, from) =>
    states.map((_, to) => shareOf(states, from, to) / holding),
  );
  for (let last = count - 1; last > 0; last--) {
    const leaving = sum(rates[last]!.slice(0, last));
    for (let from = 0; from < last; from++) {
      rates[from]![last]! /= leaving;
      for (let to = 0; to < last; to++)
        if (to !== from) rates[from]![to]! += rates[from]![last]! * rates[last]![to]!;
    }
  }
  const shares = [1];
  for (let state = 1; state < count; state++)
    shares.push(sum(shares.map((share, from) => share * rates[from]![state]!)));
  return shares.map((share) => share / sum(shares));
}

function checkNext({ next }: State, index: number, count: number): Issue[] {
  if (next === undefined) return [];
  const path = ["states", index, "next"];
  if (next.length !== count)
    return [
      { path, message: `found ${next.length} shares; expected one for each of ${count} states` },
    ];
  if (next[index] !== 0) {
    const message = "a state does not follow itself; expected 0 for it";
    return [{ path: [...path, index], message }];
  }
  const total = sum(next);
  if (Math.abs(total - 1) <= 1e-9) return [];
  return [
    { path, message: `the shares add up to ${Number((total * 100).toFixed(6))} %; expected 100 %` },
  ];
}

/** A state that is never left for some other would leave the long run to chance. */
function checkReach(states: readonly State[]): Issue[] {
  return states.flatMap((_, from) => {
    const reached = new Set([from]);
    for (const state of reached)
      states.forEach((_, to) => {
        if (shareOf(states, state, to) > 0) reached.add(to);
      });
    const missing = states.findIndex((_, state) => !reached.has(state));
    if (missing < 0) return [];
    const message = `from state ${from + 1} there is no way to state ${missing + 1}; expected a way from each to every other`;
    return [{ path: ["states", from], message }];
  });
}

/** Share of the ends of one state after which another follows. */
function shareOf(states: readonly State[], from: number, to: number): number {
  const { next } = states[from]!;
  if (next) return next[to]!;
  return to === (from + 1) % states.length ? 1 : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
