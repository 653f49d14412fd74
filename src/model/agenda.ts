/**
 * Rare, scripted acts on the kernel's clock: scaling decisions, probes, faults, instance life.
 *
 * The kernel's events carry two numbers, which is what the hot paths want; here an act is a closure,
 * which is what reads well. Some hundred nanoseconds dearer, and there are few of them.
 */
import type { EventKind, Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";

export class Agenda {
  private readonly kernel: Kernel;
  private readonly due: EventKind;
  private readonly acts: (() => void)[] = [];
  private readonly free: number[] = [];

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.due = kernel.on((slot) => {
      const act = this.acts[slot]!;
      this.free.push(slot);
      act();
    });
  }

  get now(): Duration {
    return this.kernel.now;
  }

  /** Does something once, `delay` from now [ns]. The act itself checks whether it is still wanted. */
  after(delay: Duration, act: () => void): void {
    this.due.after(delay, this.keep(act));
  }

  /** Does something once, at an instant that has not passed [ns]. */
  at(time: Duration, act: () => void): void {
    this.due.at(time, this.keep(act));
  }

  /** Does something at `first` from now and then at every `interval` [ns], to the end of the run. */
  every(interval: Duration, act: () => void, first: Duration = interval): void {
    this.after(first, () => {
      act();
      this.every(interval, act);
    });
  }

  private keep(act: () => void): number {
    const slot = this.free.pop() ?? this.acts.length;
    this.acts[slot] = act;
    return slot;
  }
}
