/** The twin of `Kernel`: a sorted array, slow and obvious. */
import type { Handler } from "../../src/kernel/kernel.ts";

type Event = { time: number; handle: number; handler: Handler; a: number; b: number };

export class SortedKernel {
  now = 0;
  executed = 0;
  private readonly events: Event[] = [];
  private scheduled = 0;
  private running = false;

  get pending(): number {
    return this.events.length;
  }

  on(handler: Handler) {
    const at = (time: number, a = 0, b = 0): number => {
      const handle = ++this.scheduled;
      let place = this.events.length;
      while (place > 0 && this.events[place - 1]!.time > time) place--;
      this.events.splice(place, 0, { time, handle, handler, a, b });
      return handle;
    };
    const after = (delay: number, a?: number, b?: number): number =>
      at(this.now + Math.floor(delay + 0.5), a, b);
    return { after, at };
  }

  cancel(handle: number): boolean {
    const place = this.events.findIndex((event) => event.handle === handle);
    if (place >= 0) this.events.splice(place, 1);
    return place >= 0;
  }

  run(until: number): void {
    this.running = true;
    while (this.running && this.events.length > 0 && this.events[0]!.time <= until) {
      const { time, handler, a, b } = this.events.shift()!;
      this.now = time;
      this.executed++;
      handler(a, b);
    }
    if (this.running) this.now = until;
    this.running = false;
  }

  stop(): void {
    this.running = false;
  }
}
