/**
 * nginx's cache lock: one call fetches; the others look every so often whether the item has come.
 *
 *     first miss -> locks the key for `age` and fetches
 *     another    -> waits, looking after each `poll`:  locked still  -> goes on waiting
 *                                                      free, kept    -> answered from the cache
 *                                                      free, absent  -> the first to look fetches
 *                                                      `timeout` over -> fetches, and keeps nothing
 *
 * So a call may be answered up to a whole poll after the item came. The lock is for items that are
 * absent: one that has expired is fetched by everybody who asks for it, unless stale answers are
 * allowed meanwhile.
 */
import type { EventKind } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import type { Outcome } from "../outcomes.ts";
import { coalescing, type Coalescing, type CoalescingContext } from "./coalescing.ts";

export const cacheLock = coalescing({
  kind: "cache-lock",
  summary:
    "Calls that miss the same item look from time to time whether it has come, as nginx does.",
  source:
    "nginx/nginx, src/http/ngx_http_file_cache.c (ngx_http_file_cache_lock, …_lock_wait); proxy_cache_lock, 500 ms polls",
  notes:
    "It covers items that are absent, not those that have expired: give the cache stale-while-revalidate for these, or all fetch them.",
  options: {
    poll: duration("How long a waiting call waits before it looks again.", { min: 1 }).prefault(
      "500 ms",
    ),
    timeout: duration(
      "How long it waits before it fetches the item itself, which is not kept.",
    ).prefault("5 s"),
    age: duration("How long one call may fetch before another may.").prefault("5 s"),
  },
  create: (options, context) => new CacheLock(options, context),
});

interface Options {
  readonly poll: Duration;
  readonly timeout: Duration;
  readonly age: Duration;
}

/** What a call has been through, kept as its step. */
const HAS_WAITED = 1;
const TIMED_OUT_WAITING = 2;

class CacheLock implements Coalescing {
  readonly coversExpired = false;
  readonly answersWaiters = false;
  private readonly options: Options;
  private readonly context: CoalescingContext;
  private readonly pollDue: EventKind;
  /** Until when a key is locked [ns]. The call that fetches has the same time as its work. */
  private readonly lockedUntil = new Map<number, Duration>();

  constructor(options: Options, context: CoalescingContext) {
    this.options = options;
    this.context = context;
    this.pollDue = context.on((call) => this.poll(call));
  }

  waits(call: number, key: number): boolean {
    const { calls, clock } = this.context;
    if (this.timeLocked(key) <= 0) {
      this.lockedUntil.set(key, clock.now + this.options.age);
      calls.setWork(call, clock.now + this.options.age);
      calls.setStep(call, 0);
      return false;
    }
    if (calls.step(call) === TIMED_OUT_WAITING || this.options.timeout === 0) {
      calls.setStep(call, TIMED_OUT_WAITING);
      return false;
    }
    if (calls.step(call) !== HAS_WAITED) {
      calls.setStep(call, HAS_WAITED);
      calls.setWork(call, clock.now + this.options.timeout);
    }
    this.pollAfter(call, calls.work(call) - clock.now);
    return true;
  }

  isFetched(key: number): boolean {
    return this.timeLocked(key) > 0;
  }

  mayKeep(call: number): boolean {
    return this.context.calls.step(call) !== TIMED_OUT_WAITING;
  }

  settle(call: number, key: number, outcome: Outcome): void {
    if (this.lockedUntil.get(key) === this.context.calls.work(call)) this.lockedUntil.delete(key);
    this.context.answer(call, outcome);
  }

  private poll(call: number): void {
    const { calls, clock } = this.context;
    const locked = this.timeLocked(calls.key(call));
    if (clock.now >= calls.work(call)) calls.setStep(call, TIMED_OUT_WAITING);
    else if (locked > 0) return this.pollAfter(call, locked);
    this.context.lookAgain(call);
  }

  private pollAfter(call: number, most: Duration): void {
    this.pollDue.after(Math.min(this.options.poll, most), call);
  }

  /** How long a key stays locked from now on at most [ns]. */
  private timeLocked(key: number): Duration {
    const until = this.lockedUntil.get(key);
    return until === undefined ? 0 : until - this.context.clock.now;
  }
}
