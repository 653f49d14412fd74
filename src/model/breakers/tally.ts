/** Calls, failures and slow calls of a window that forgets: the last so many, or the last so many seconds. */
import { SECOND, type Duration } from "../../kernel/time.ts";

const FAILED = 1;
const SLOW = 2;

export interface Tally {
  calls: number;
  failed: number;
  slow: number;
  add(failed: boolean, slow: boolean, now: Duration): void;
}

/** The last calls, in a ring. */
export class LastCalls implements Tally {
  calls = 0;
  failed = 0;
  slow = 0;
  /** What each was, by its number since the start. */
  private readonly ring: Uint8Array;
  private next = 0;

  constructor(size: number) {
    this.ring = new Uint8Array(size);
  }

  add(failed: boolean, slow: boolean): void {
    const place = this.next++ % this.ring.length;
    if (this.calls === this.ring.length) {
      if (this.ring[place]! & FAILED) this.failed--;
      if (this.ring[place]! & SLOW) this.slow--;
    } else this.calls++;
    this.ring[place] = (failed ? FAILED : 0) | (slow ? SLOW : 0);
    if (failed) this.failed++;
    if (slow) this.slow++;
  }
}

/** The calls of the last seconds of the clock, the one that is on included. */
export class LastSeconds implements Tally {
  calls = 0;
  failed = 0;
  slow = 0;
  /** Calls, failures and slow calls of each second. */
  private readonly ring: Float64Array;
  private readonly seconds: number;
  private newest = 0;

  constructor(seconds: number) {
    this.seconds = seconds;
    this.ring = new Float64Array(seconds * 3);
  }

  add(failed: boolean, slow: boolean, now: Duration): void {
    this.advance(Math.floor(now / SECOND));
    const place = (this.newest % this.seconds) * 3;
    this.ring[place]!++;
    this.calls++;
    if (failed) {
      this.ring[place + 1]!++;
      this.failed++;
    }
    if (slow) {
      this.ring[place + 2]!++;
      this.slow++;
    }
  }

  private advance(second: number): void {
    const steps = Math.min(second - this.newest, this.seconds);
    for (let step = 1; step <= steps; step++) {
      const place = ((second - steps + step) % this.seconds) * 3;
      this.calls -= this.ring[place]!;
      this.failed -= this.ring[place + 1]!;
      this.slow -= this.ring[place + 2]!;
      this.ring.fill(0, place, place + 3);
    }
    this.newest = second;
  }
}
