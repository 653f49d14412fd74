/**
 * nginx's limit_req: a leaky bucket counted in thousandths of a request, on a clock of milliseconds.
 *
 *     excess' = max(0, excess - rate · elapsed / 1000 + 1000)      above the burst: turned away
 *
 * What is above `delay` waits until the bucket has leaked down to it. Whole-number division as in C.
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import { count, flag, rate } from "../../schema/fields.ts";
import { ADMIT, guard, REJECT, type Guard } from "./guard.ts";

export const nginxLimitReq = guard({
  kind: "nginx-limit-req",
  summary: "nginx's limit_req: spreads calls out to a rate, lets a burst wait, rejects the rest.",
  source: "nginx, src/http/modules/ngx_http_limit_req_module.c",
  notes: "With `per: key` it is a zone whose key is the item asked for.",
  example: "guards: [{ kind: nginx-limit-req, rate: 100 rps, burst: 20, nodelay: true }]",
  options: {
    rate: rate("Calls a second, in steps of a thousandth.", { min: 0.001 }),
    burst: count("Calls that may be ahead of the rate.").default(0),
    nodelay: flag("Let calls within the burst in at once.").default(false),
    delay: count("Calls of the burst that come in at once; the others wait.").default(0),
  },
  check: ({ nodelay, delay }) =>
    nodelay && delay > 0
      ? [{ path: ["delay"], message: "with nodelay nobody waits; expected one of the two" }]
      : [],
  create: ({ rate: perSecond, burst, nodelay, delay }) =>
    new LimitReq(perSecond, burst, nodelay ? Infinity : delay),
});

export class LimitReq implements Guard {
  /** Leak [thousandths of a call a second] -- constant. */
  private readonly rate: number;
  /** Most excess, and excess that does not wait [thousandths of a call] -- constant. */
  private readonly burst: number;
  private readonly atOnce: number;
  /** [thousandths of a call] -- state. */
  private excess = 0;
  /** When a call was last let in [ms]; null before the first -- state. */
  private last: number | null = null;

  constructor(ratePerSecond: number, burst: number, atOnce: number) {
    this.rate = Math.floor(ratePerSecond * 1000 + 1e-6);
    this.burst = burst * 1000;
    this.atOnce = atOnce * 1000;
  }

  admit(_call: number, now: Duration): number {
    const milliseconds = Math.floor(now / MILLISECOND);
    if (this.last !== null) {
      const leaked = Math.floor((this.rate * (milliseconds - this.last)) / 1000);
      const excess = Math.max(0, this.excess - leaked + 1000);
      if (excess > this.burst) return REJECT;
      this.excess = excess;
    }
    this.last = milliseconds;
    if (this.excess <= this.atOnce) return ADMIT;
    return Math.floor(((this.excess - this.atOnce) * 1000) / this.rate) * MILLISECOND;
  }
}
