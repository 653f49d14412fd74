/**
 * Token bucket: tokens drop in at a rate up to a burst; a call takes one or is turned away.
 *
 * Kept as the instant at which the bucket would have been empty, so that nothing is rounded twice:
 * tokens now = (now - empty at) · rate, at most the burst.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { count, rate } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT, type Guard } from "./guard.ts";

export const tokenBucket = guard({
  kind: "token-bucket",
  summary: "Admits a call for each token; tokens come at a rate and are kept up to a burst.",
  source: "J. Turner, IEEE Communications Magazine 24(10), 1986, in its mirror image",
  example: "guards: [{ kind: token-bucket, rate: 500 rps, burst: 50 }]",
  options: {
    rate: rate("Tokens a second: what is admitted in the long run.", { min: 1e-6 }),
    burst: count("Tokens the bucket holds, and starts with.", { min: 1 }).default(1),
  },
  create: (options) => new TokenBucket(options.rate, options.burst),
});

export class TokenBucket implements Guard {
  /** Time in which one token comes [ns] -- constant. */
  private readonly gap: Duration;
  private readonly burst: number;
  /** When it would have been empty [ns] -- state. */
  private emptyAt: Duration;

  constructor(ratePerSecond: number, burst: number) {
    this.gap = SECOND / ratePerSecond;
    this.burst = burst;
    this.emptyAt = -burst * this.gap;
  }

  admit(_call: number, now: Duration): number {
    const full = now - this.burst * this.gap;
    if (this.emptyAt < full) this.emptyAt = full;
    if (this.emptyAt + this.gap > now) return REJECT;
    this.emptyAt += this.gap;
    return ADMIT;
  }
}
