/** What one cache instance keeps: items by whole-number key, some of which have gone stale. */
import type { Duration } from "../kernel/time.ts";
import type { Replacement } from "./replacements/replacement.ts";

export class CacheStore {
  /** Items pushed out to make room [items]. */
  evictions = 0;
  private readonly items: Replacement;
  /** How long an item is fresh [ns]; Infinity for ever. */
  private readonly ttl: Duration;
  /** Until when an item is fresh [ns], by key; grows by doubling. */
  private freshUntil = new Float64Array(1024);

  constructor(items: Replacement, ttl: Duration) {
    this.items = items;
    this.ttl = ttl;
  }

  /** True when the item is there and fresh; counts as a use. A stale one is thrown away. */
  has(key: number, now: Duration): boolean {
    if (!this.items.touch(key)) return false;
    if (this.ttl === Infinity || now < this.freshUntil[key]!) return true;
    this.items.remove(key);
    return false;
  }

  /** Keeps an item that has just been fetched. */
  keep(key: number, now: Duration): void {
    if (this.ttl !== Infinity) {
      this.makeRoomFor(key);
      this.freshUntil[key] = now + this.ttl;
    }
    if (this.items.insert(key) >= 0) this.evictions++;
  }

  clear(): void {
    this.items.clear();
  }

  private makeRoomFor(key: number): void {
    let size = this.freshUntil.length;
    while (size <= key) size *= 2;
    if (size === this.freshUntil.length) return;
    const grown = new Float64Array(size);
    grown.set(this.freshUntil);
    this.freshUntil = grown;
  }
}
