/** What a service counts while it serves: totals since the start, so that any stretch is a difference. */
import { ExactSum } from "../kernel/exactSum.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { Histogram, type Durations } from "../statistics/histogram.ts";
import type { Calls } from "./calls.ts";

export class ServiceMeter {
  /** Time in the queue, one value a turn [ns]. */
  readonly waitingTime = new Histogram();
  /** From the start of service to the answer [ns]. */
  readonly serviceTime = new Histogram();
  /** Sum and number of all waiting times, and of all service times, since the start [ns], [calls]. */
  readonly waitedSum = new ExactSum();
  waitedCount = 0;
  readonly servedSum = new ExactSum();
  servedCount = 0;
  /** Slot-time spent on calls whose caller did not wait for the answer [slot ns]. */
  readonly wasted = new ExactSum();
  /** Calls in all queues now, and the most there were since the last reset [calls]. */
  queueLength = 0;
  queueLengthMax = 0;
  /** Where monitors ask for the time of every call, from its sending to now [ns]; null for nobody. */
  private latencies: Histogram[] | null = null;
  private readonly queueArea = new ExactSum();
  private changedAt: Duration = 0;
  private readonly clock: Kernel;
  private readonly calls: Calls;

  constructor(clock: Kernel, calls: Calls) {
    this.clock = clock;
    this.calls = calls;
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

  /** A call gets a slot. */
  waited(call: number): void {
    const time = this.clock.now - this.calls.arrivedAt(call);
    this.waitedSum.add(time);
    this.waitedCount++;
    this.waitingTime.record(time);
  }

  /** So many calls get slots after so long, and so many at once. */
  waitedAll(waits: Durations, count: number): void {
    const sum = this.waitingTime.recordAll(waits, count);
    this.waitedSum.addAll(waits.values, count, sum);
    this.waitedCount += count;
  }
  waitedNot(count: number): void {
    this.waitingTime.recordZeros(count);
    this.waitedCount += count;
  }

  /** A call is done. */
  served(call: number): void {
    const time = this.clock.now - this.calls.startedAt(call);
    this.servedSum.add(time);
    this.servedCount++;
    this.serviceTime.record(time);
    if (this.latencies !== null) this.recordLatency(call, this.latencies);
  }

  /** So many calls are done after so long. */
  servedAll(times: Durations, count: number): void {
    const sum = this.serviceTime.recordAll(times, count);
    this.servedSum.addAll(times.values, count, sum);
    this.servedCount += count;
  }

  /** Records the time of every call from now on, for one monitor. */
  addLatencies(): Histogram {
    const histogram = new Histogram();
    (this.latencies ??= []).push(histogram);
    return histogram;
  }

  private recordLatency(call: number, latencies: readonly Histogram[]): void {
    const time = this.clock.now - this.calls.sentAt(call);
    for (const histogram of latencies) histogram.record(time);
  }

  /** Queue length integrated over time up to now [call ns]. */
  queueTime(): number {
    this.settle();
    return this.queueArea.value;
  }

  /** Distributions and peaks begin anew: the warm-up is over. */
  reset(): void {
    this.waitingTime.reset();
    this.serviceTime.reset();
    this.queueLengthMax = this.queueLength;
  }

  private settle(): void {
    const { now } = this.clock;
    this.queueArea.addProduct(this.queueLength, now - this.changedAt);
    this.changedAt = now;
  }
}
