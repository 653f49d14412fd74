/**
 * Hedging: a call that is slow is sent once more, and the first right answer counts.
 *
 *     call ------------------------------ (answered later: cancelled)
 *          '- delay -> copy ------> answered: this one counts
 *
 * Whatever makes one attempt slow seldom hits the next one too, so a few more calls shorten the tail
 * by much. Where everything is slow they only add load; a limit keeps that small.
 */
import { z } from "zod";
import type { Duration } from "../kernel/time.ts";
import { count, duration, share } from "../schema/fields.ts";
import { Histogram } from "../statistics/histogram.ts";
import { REFUSED_RETRY, type Budget } from "./budgets/budget.ts";
import { ratio } from "./budgets/ratio.ts";
import { ERROR } from "./outcomes.ts";

/** Observed percentiles that a delay may be. */
const percentiles = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };

type Percentile = keyof typeof percentiles;

export const hedgeSchema = z
  .strictObject({
    after: z
      .union([z.enum(Object.keys(percentiles) as [Percentile]), duration("A fixed delay.")])
      .describe(
        "How long it waits for an answer before it sends another copy: a duration, or a percentile of the last 1000 answers (p50, p75, p90, p95 or p99; without 1000 answers, for ever).",
      ),
    copies: count("Copies of one call, the first included.", { min: 2, max: 10 }).default(2),
    limit: share(
      "Copies beyond the first as a share of calls, with 10 in hand at the start; without it they are not limited.",
    ).optional(),
  })
  .describe(
    "Send slow calls once more and take the first right answer (Dean, Barroso, The Tail at Scale, CACM 56(2), 2013).",
  );

export type HedgeSpec = z.output<typeof hedgeSchema>;

/** Answers from which a percentile is made, and for which it then holds. */
const ANSWERS = 1000;

/** What one caller does about slow calls. */
export class Hedging {
  /** Copies of one call at most, the first included [calls] -- constant. */
  readonly copies: number;
  /** How long to wait before the next copy [ns]; Infinity while that is not known. */
  delay: Duration;
  private readonly percentile: number | null;
  private readonly limit: Budget | null;
  private readonly answers = new Histogram();

  constructor({ after, copies, limit }: HedgeSpec) {
    this.copies = copies;
    this.delay = typeof after === "number" ? after : Infinity;
    this.percentile = typeof after === "number" ? null : percentiles[after];
    this.limit =
      limit === undefined ? null : ratio.create({ share: limit, reserve: 10, cap: 100 }, null);
  }

  /** A call is sent that is no copy. */
  sent(): void {
    this.limit?.sent();
  }

  /** Whether another copy may be sent. */
  allows(): boolean {
    return this.limit === null || this.limit.withdraw(ERROR) !== REFUSED_RETRY;
  }

  /** A call was answered right, so long after its first copy was sent [ns]. */
  answered(time: Duration): void {
    if (this.percentile === null) return;
    this.answers.record(time);
    if (this.answers.count < ANSWERS) return;
    this.delay = this.answers.quantile(this.percentile)!;
    this.answers.reset();
  }
}

/** The copies of one call that are still out. */
interface Copies {
  readonly calls: number[];
  /** Copies sent so far [calls]. */
  sent: number;
  /** When the first one was sent [ns]. */
  readonly since: Duration;
}

/** Which calls are copies of each other. Only calls that were slow enough have an entry. */
export class CopyTable {
  private readonly copies = new Map<number, Copies>();

  /** Copies sent of a call. */
  sent(call: number): number {
    return this.copies.get(call)?.sent ?? 1;
  }

  /** When the first copy of a call was sent [ns], if it was not this one. */
  since(call: number, sentAt: Duration): Duration {
    return this.copies.get(call)?.since ?? sentAt;
  }

  add(copy: number, call: number, sentAt: Duration): void {
    const copies = this.copies.get(call) ?? { calls: [call], sent: 1, since: sentAt };
    copies.calls.push(copy);
    copies.sent++;
    this.copies.set(call, copies).set(copy, copies);
  }

  /** A call is over; the copies of it that are still out. */
  leave(call: number): readonly number[] {
    const copies = this.copies.get(call);
    if (copies === undefined) return [];
    this.copies.delete(call);
    copies.calls.splice(copies.calls.indexOf(call), 1);
    return copies.calls;
  }

  /** A call goes on in another record. */
  move(call: number, to: number): void {
    const copies = this.copies.get(call);
    if (copies === undefined) return;
    this.copies.delete(call);
    copies.calls[copies.calls.indexOf(call)] = to;
    this.copies.set(to, copies);
  }
}
