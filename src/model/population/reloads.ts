/**
 * Users who refresh: an answer that does not come makes them ask again, from the beginning.
 *
 *     asks -> after -> asks again -> after -> asks again -> waits for good
 *      '- left behind   '- left behind
 *
 * It is the same request, in their eyes, and as old. What the client had going for it, attempts and
 * copies and a back-off, is abandoned; the platform hears of that only where cancellation propagates.
 */
import { z } from "zod";
import { NO_EVENT, type EventKind, type Kernel } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { count } from "../../schema/fields.ts";
import { distributionSchema, type Distribution } from "../../statistics/distributions/index.ts";

export const reloadSchema = z
  .strictObject({
    after: distributionSchema.describe(
      "How long users wait for an answer, the client's retries included, before they reload.",
    ),
    times: count("Times they do so for one request; after that they wait for good.", {
      min: 1,
      max: 100,
    }).default(1),
  })
  .describe(
    "Users who refresh when an answer is slow: the request begins anew, and what is out for it is abandoned.",
  );

export type ReloadSpec = z.output<typeof reloadSchema>;

/** A request as its user sees it. */
export interface Wanted {
  /** Position of its class in the workload. */
  readonly requestClass: number;
  readonly key: number;
  /** Work it brings [ns]; NONE unless a file says so. */
  readonly work: Duration;
  readonly bornAt: Duration;
}

export class Reloads {
  private readonly kernel: Kernel;
  private readonly after: Distribution;
  private readonly times: number;
  private readonly due: EventKind;
  /** What each user waits for, how often it may still be asked for, and the timer, by user. */
  private readonly requests: Wanted[] = [];
  private readonly left: number[] = [];
  private readonly timers: number[] = [];

  constructor(
    kernel: Kernel,
    after: Distribution,
    times: number,
    again: (user: number, request: Wanted) => void,
  ) {
    this.kernel = kernel;
    this.after = after;
    this.times = times;
    this.due = kernel.on((user) => {
      this.left[user]!--;
      this.wait(user);
      again(user, this.requests[user]!);
    });
  }

  asked(user: number, request: Wanted): void {
    this.requests[user] = request;
    this.left[user] = this.times;
    this.wait(user);
  }

  answered(user: number): void {
    this.kernel.cancel(this.timers[user]!);
  }

  private wait(user: number): void {
    this.timers[user] = this.left[user]! > 0 ? this.due.after(this.after.sample(), user) : NO_EVENT;
  }
}
