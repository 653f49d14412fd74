/**
 * Where calls wait at a load balancer while every backend has as many as it may.
 *
 * First come, first served, and all may wait equally long: so the one whose time is over is always
 * the one at the head.
 */
import type { EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import type { Exchange } from "./exchange.ts";
import { DROPPED, RENEGED } from "./outcomes.ts";
import type { World } from "./world.ts";

export interface QueueSpec {
  /** Calls that may wait [calls]; any number unless given. */
  readonly limit?: number | undefined;
  /** How long one may wait [ns]; for ever unless given. */
  readonly timeout?: Duration | undefined;
}

/** Whoever can send a waiting call on. */
interface Sender {
  /** False when there is still no room for it. */
  place(call: number): boolean;
}

export class BalancerQueue {
  private readonly limit: number;
  private readonly timeout: Duration;
  private readonly sender: Sender;
  private readonly exchange: Exchange;
  private readonly clock: { readonly now: Duration };
  private readonly due: EventKind;
  /** Calls and when they came [ns], from `head` on; those before it have left. */
  private readonly calls: number[] = [];
  private readonly since: Duration[] = [];
  private head = 0;
  private isEmptying = false;

  constructor(world: World, sender: Sender, { limit, timeout }: QueueSpec) {
    this.limit = limit ?? Infinity;
    this.timeout = timeout ?? Infinity;
    this.sender = sender;
    this.exchange = world.exchange;
    this.clock = world.kernel;
    this.due = world.kernel.on(() => this.expire());
  }

  /** Calls waiting [calls]. */
  get length(): number {
    return this.calls.length - this.head;
  }

  push(call: number): void {
    if (this.length >= this.limit) return this.exchange.answer(call, DROPPED);
    this.calls.push(call);
    this.since.push(this.clock.now);
    if (this.timeout !== Infinity) this.due.after(this.timeout, 0);
  }

  /** Sends on as many as there is room for; a call that is back at once does not begin it again. */
  empty(): void {
    if (this.isEmptying) return;
    this.isEmptying = true;
    while (this.length > 0 && this.sender.place(this.calls[this.head]!)) this.shift();
    this.isEmptying = false;
  }

  /** Takes a call out of the queue; false if it does not wait here. */
  remove(call: number): boolean {
    const place = this.calls.indexOf(call, this.head);
    if (place < 0) return false;
    this.calls.splice(place, 1);
    this.since.splice(place, 1);
    return true;
  }

  private expire(): void {
    const latest = this.clock.now - this.timeout;
    while (this.length > 0 && this.since[this.head]! <= latest) {
      const call = this.calls[this.head]!;
      this.shift();
      this.exchange.answer(call, RENEGED);
    }
  }

  private shift(): void {
    this.head++;
    if (this.head < 1024 || this.head * 2 < this.calls.length) return;
    this.calls.splice(0, this.head);
    this.since.splice(0, this.head);
    this.head = 0;
  }
}
