/**
 * Sentinel's uniform queueing: calls leave one by one at equal distances, and wait for their turn as
 * long as that is not too long.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { duration, rate } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT, type Guard } from "./guard.ts";

export const sentinelQueueing = guard({
  kind: "sentinel-queueing",
  summary: "Lets calls in at equal distances; those that would wait too long are rejected.",
  source: "Alibaba Sentinel, sentinel-core, flow/controller/ThrottlingController.java",
  notes: "A call whose caller goes while it waits keeps its turn; a waiting-room passes it by.",
  example: "guards: [{ kind: sentinel-queueing, rate: 100 rps, max-wait: 500 ms }]",
  options: {
    rate: rate("Calls let in a second.", { min: 1e-6 }),
    "max-wait": duration("The longest a call may wait.").prefault("500 ms"),
  },
  create: (options) => new Throttle(options.rate, options["max-wait"]),
});

export class Throttle implements Guard {
  /** Between two calls [ns] -- constant. */
  private readonly spacing: Duration;
  private readonly maxWait: Duration;
  /** When the last call was, or will be, let in [ns] -- state. */
  private last = -Infinity;

  constructor(ratePerSecond: number, maxWait: Duration) {
    this.spacing = Math.floor(SECOND / ratePerSecond + 0.5);
    this.maxWait = maxWait;
  }

  admit(_call: number, now: Duration): number {
    const turn = this.last + this.spacing;
    if (turn <= now) {
      this.last = now;
      return ADMIT;
    }
    if (turn - now > this.maxWait) return REJECT;
    this.last = turn;
    return turn - now;
  }
}
