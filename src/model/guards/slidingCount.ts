/**
 * A count over the last stretch of time, in buckets of the clock: what Sentinel calls a leap array.
 *
 *     | 12 | 7 | . . now      the stretch is the bucket of now and those before it
 */
import type { Duration } from "../../kernel/time.ts";

export class SlidingCount {
  /** Length of a bucket [ns] -- constant. */
  private readonly bucket: Duration;
  private readonly counts: Float64Array;
  /** Number of the newest bucket since the start of time -- state. */
  private newest = 0;
  private sum = 0;

  /** @param length of the whole stretch [ns], in so many buckets. */
  constructor(length: Duration, buckets: number) {
    this.bucket = length / buckets;
    this.counts = new Float64Array(buckets);
  }

  /** What has been counted in the stretch that ends now. */
  total(now: Duration): number {
    this.advance(now);
    return this.sum;
  }

  add(now: Duration): void {
    this.advance(now);
    this.counts[this.newest % this.counts.length]!++;
    this.sum++;
  }

  private advance(now: Duration): void {
    const current = Math.floor(now / this.bucket);
    const steps = Math.min(current - this.newest, this.counts.length);
    for (let step = 1; step <= steps; step++) {
      const place = (current - steps + step) % this.counts.length;
      this.sum -= this.counts[place]!;
      this.counts[place] = 0;
    }
    this.newest = current;
  }
}
