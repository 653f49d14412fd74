/**
 * Sentinel's warm-up: a limit that begins at a third and rises to the full rate as it is used.
 *
 * Tokens say how cold the part is: there are most after idleness. Once a second last second's calls
 * take theirs away; below the warning mark the full rate holds, above it
 *
 *     limit = 1 / ((tokens - warning) · slope + 1 / rate)
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, rate } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT, type Guard } from "./guard.ts";
import { SlidingCount } from "./slidingCount.ts";

/** The next Number above a limit is still within it, as the product has it. */
const NEXT_UP = 1 + 2 ** -52;

export const sentinelWarmUp = guard({
  kind: "sentinel-warm-up",
  summary: "Admits a part of the rate while cold and all of it once warm.",
  source: "Alibaba Sentinel, sentinel-core, flow/controller/WarmUpController.java",
  notes: "It starts cold, and cools down again when few calls come.",
  example: "guards: [{ kind: sentinel-warm-up, rate: 100 rps, warm-up: 10 s }]",
  options: {
    rate: rate("Calls admitted a second once warm.", { min: 1 }),
    "warm-up": duration("How long it takes to get warm, in whole seconds.", {
      min: SECOND,
    }).prefault("10 s"),
    "cold-factor": count("The rate is divided by this while cold.", { min: 2 }).default(3),
  },
  create: (options) =>
    new WarmUp(options.rate, Math.floor(options["warm-up"] / SECOND), options["cold-factor"]),
});

export class WarmUp implements Guard {
  private readonly rate: number;
  private readonly coldFactor: number;
  /** [tokens] -- constant. */
  private readonly warning: number;
  private readonly most: number;
  private readonly slope: number;
  /** [tokens] -- state. */
  private tokens: number;
  /** Second in which tokens were last brought up to date -- state. */
  private second = -1;
  /** Calls admitted in the last second, as the product's sliding window has it. */
  private readonly recent = new SlidingCount(SECOND, 2);
  /** Calls admitted in the second of the clock that is on, and in the one before. */
  private readonly seconds = { number: 0, now: 0, before: 0 };

  /** @param warmUp how long it takes to get warm [s]. */
  constructor(ratePerSecond: number, warmUp: number, coldFactor: number) {
    this.rate = ratePerSecond;
    this.coldFactor = coldFactor;
    this.warning = Math.floor(Math.floor(warmUp * ratePerSecond) / (coldFactor - 1));
    this.most = this.warning + Math.floor((2 * warmUp * ratePerSecond) / (1 + coldFactor));
    this.slope = (coldFactor - 1) / ratePerSecond / (this.most - this.warning);
    this.tokens = this.most;
  }

  admit(_call: number, now: Duration): number {
    const second = Math.floor(now / SECOND);
    this.turnTo(second);
    this.refill(second);
    if (this.recent.total(now) + 1 > this.limit()) return REJECT;
    this.recent.add(now);
    this.seconds.now++;
    return ADMIT;
  }

  private limit(): number {
    const above = this.tokens - this.warning;
    return above < 0 ? this.rate : NEXT_UP / (above * this.slope + 1 / this.rate);
  }

  private turnTo(second: number): void {
    const { seconds } = this;
    if (second === seconds.number) return;
    seconds.before = second === seconds.number + 1 ? seconds.now : 0;
    seconds.now = 0;
    seconds.number = second;
  }

  private refill(second: number): void {
    if (second <= this.second) return;
    const { before } = this.seconds;
    const isIdle = before < Math.floor(Math.floor(this.rate) / this.coldFactor);
    if (this.tokens < this.warning || (this.tokens > this.warning && isIdle)) {
      const more = Math.floor(this.tokens + (second - this.second) * this.rate);
      this.tokens = Math.min(more, this.most);
    }
    this.tokens = Math.max(0, this.tokens - before);
    this.second = second;
  }
}
