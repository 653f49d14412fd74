/** What retries have to know of the attempts before them, by call, where their policy asks for it. */
import type { Duration } from "../kernel/time.ts";

interface Memory {
  /** The wait before it [ns]. */
  readonly wait: Duration;
  /** What it took out of the budget [tokens]. */
  readonly paid: number;
}

const NOTHING_YET: Memory = { wait: 0, paid: 0 };

export class Memories {
  private readonly byCall = new Map<number, Memory>();

  keep(call: number, memory: Memory): void {
    this.byCall.set(call, memory);
  }

  /** What a call knows, which is over. */
  recall(call: number): Memory {
    if (this.byCall.size === 0) return NOTHING_YET;
    const memory = this.byCall.get(call);
    if (memory === undefined) return NOTHING_YET;
    this.byCall.delete(call);
    return memory;
  }

  /** A call goes on in another record. */
  move(call: number, to: number): void {
    const memory = this.byCall.get(call);
    if (memory === undefined) return;
    this.byCall.delete(call);
    this.byCall.set(to, memory);
  }
}
