/**
 * What one cache instance keeps: items by whole-number key, and how fresh they are.
 *
 *     kept ------- fresh ------> freshUntil ---- stale ----> + staleFor -> thrown away when met
 */
import type { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import type { KeptKeys } from "./caches/keptKeys.ts";
import { NO_SLOT, withRoomFor } from "./caches/keyTable.ts";

/** What a look-up finds. */
export const ABSENT = 0;
export const FRESH = 1;
/** Past its time, and kept for when it may be served all the same. */
export const STALE = 2;
/** Fresh, but drawn to be fetched again before its time is up. */
export const EARLY = 3;
/** Past all use, and still there. */
export const EXPIRED = 4;
export type Found = 0 | 1 | 2 | 3 | 4;

/** How long items are fresh. */
export interface Freshness {
  /** Fresh for so long after a fetch [ns]; Infinity for ever. */
  readonly ttl: Duration;
  /** How far the time of one item may be beside that, either way [0 to 1]. */
  readonly jitter: number;
  /** The same for the answer that there is no such item [ns]; 0 when that is not kept. */
  readonly negativeTtl: Duration;
  /** Whether a use prolongs the life of an item as a fetch does. */
  readonly renewedByUse: boolean;
  /** How long an item may be of use past its time [ns]. */
  readonly staleFor: Duration;
  /** Eagerness of early refreshes; null for none. */
  readonly earlyBeta: number | null;
  readonly jitters: Random;
  readonly early: Random;
}

export class CacheStore {
  /** Items pushed out to make room [items]. */
  evictions = 0;
  private readonly keys: KeptKeys;
  private readonly freshness: Freshness;
  /** Whether what is past all use stays until it is replaced. */
  private readonly keepsExpired: boolean;
  /** Whether items are for ever, so that nothing need be noted of them. */
  private readonly ageless: boolean;
  /** Until when an item is fresh [ns], by slot. */
  private freshUntil = new Float64Array(16);
  /** How long its last fetch took [ns], by slot; only where early refreshes ask for it. */
  private fetchTime = new Float64Array(16);

  constructor(keys: KeptKeys, freshness: Freshness, keepsExpired: boolean) {
    this.keepsExpired = keepsExpired;
    this.keys = keys;
    this.freshness = freshness;
    this.ageless = freshness.ttl === Infinity && freshness.negativeTtl === 0;
  }

  /** Looks an item up; one that is fresh counts as used, one past all use is thrown away. */
  look(key: number, now: Duration): Found {
    const slot = this.keys.find(key);
    if (slot === NO_SLOT) return ABSENT;
    if (!this.ageless) {
      const left = this.freshUntil[slot]! - now;
      if (left <= 0) return this.aged(slot, -left);
      if (this.freshness.earlyBeta !== null && this.isEarly(slot, left)) return EARLY;
      if (this.freshness.renewedByUse) this.freshUntil[slot] = now + this.lifeOf(false);
    }
    this.keys.use(slot);
    return FRESH;
  }

  /** Whether an item is past its time by no more than this [ns]. */
  isStale(key: number, now: Duration, by: Duration): boolean {
    const slot = this.keys.find(key);
    return slot !== NO_SLOT && now - this.freshUntil[slot]! < by;
  }

  /**
   * Keeps an item, or that there is none of that key, which has just been fetched or written.
   * @param fetchTime how long that took [ns].
   */
  keep(key: number, now: Duration, isAbsent: boolean, fetchTime: Duration): void {
    if (isAbsent && this.freshness.negativeTtl === 0) return;
    const slot = this.keys.put(key);
    if (this.keys.evicted >= 0) this.evictions++;
    if (this.ageless) return;
    this.freshUntil = withRoomFor(this.freshUntil, slot);
    this.freshUntil[slot] = now + this.lifeOf(isAbsent);
    if (this.freshness.earlyBeta === null) return;
    this.fetchTime = withRoomFor(this.fetchTime, slot);
    this.fetchTime[slot] = fetchTime;
  }

  /** Forgets an item. */
  remove(key: number): void {
    const slot = this.keys.find(key);
    if (slot !== NO_SLOT) this.keys.remove(slot);
  }

  clear(): void {
    this.keys.clear();
  }

  private aged(slot: number, by: Duration): Found {
    if (by < this.freshness.staleFor) {
      this.keys.use(slot);
      return STALE;
    }
    if (this.keepsExpired) return EXPIRED;
    this.keys.remove(slot);
    return ABSENT;
  }

  /** XFetch: with probability exp(-left / (beta · fetch time)). */
  private isEarly(slot: number, left: Duration): boolean {
    const scale = this.freshness.earlyBeta! * this.fetchTime[slot]!;
    return left < NEVER_DRAWN * scale && scale * this.freshness.early.exponential() >= left;
  }

  private lifeOf(isAbsent: boolean): Duration {
    const { ttl, negativeTtl, jitter, jitters } = this.freshness;
    const life = isAbsent ? negativeTtl : ttl;
    if (jitter === 0 || life === Infinity) return life;
    return Math.floor(life * (1 + jitter * (2 * jitters.next() - 1)) + 0.5);
  }
}

/** Times the mean beyond which no exponential draw is worth making: one of 10^16 lies there. */
const NEVER_DRAWN = 37;
