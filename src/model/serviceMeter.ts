/** What a service counts while it serves: totals since the start, so that any stretch is a difference. */
import type { Duration } from "../kernel/time.ts";
import { Histogram } from "../statistics/histogram.ts";

export class ServiceMeter {
  /** Time in the queue, one value a turn [ns]. */
  readonly waitingTime = new Histogram();
  /** From the start of service to the answer [ns]. */
  readonly serviceTime = new Histogram();
  /** Sum and number of all waiting times, and of all service times, since the start [ns], [calls]. */
  waitedSum = 0;
  waitedCount = 0;
  servedSum = 0;
  servedCount = 0;
  /** Slot-time spent on calls whose caller did not wait for the answer [slot ns]. */
  wasted = 0;
  /** Calls in all queues now, and the most there were since the last reset [calls]. */
  queueLength = 0;
  queueLengthMax = 0;
  private queueArea = 0;
  private changedAt: Duration = 0;
  private readonly clock: { readonly now: Duration };

  constructor(clock: { readonly now: Duration }) {
    this.clock = clock;
  }

  queued(): void {
    this.settle();
    this.queueLength++;
    if (this.queueLength > this.queueLengthMax) this.queueLengthMax = this.queueLength;
  }

  dequeued(): void {
    this.settle();
    this.queueLength--;
  }

  waited(time: Duration): void {
    this.waitingTime.record(time);
    this.waitedSum += time;
    this.waitedCount++;
  }

  served(time: Duration): void {
    this.serviceTime.record(time);
    this.servedSum += time;
    this.servedCount++;
  }

  /** Queue length integrated over time up to now [call ns]. */
  queueTime(): number {
    this.settle();
    return this.queueArea;
  }

  /** Distributions and peaks begin anew: the warm-up is over. */
  reset(): void {
    this.waitingTime.reset();
    this.serviceTime.reset();
    this.queueLengthMax = this.queueLength;
  }

  private settle(): void {
    const { now } = this.clock;
    this.queueArea += this.queueLength * (now - this.changedAt);
    this.changedAt = now;
  }
}
