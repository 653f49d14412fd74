/** A full or filling cache, asked by key: what its replacement policy decides, and nothing else. */
import { Random } from "../../src/kernel/random.ts";
import type { Duration } from "../../src/kernel/time.ts";
import { KeptKeys } from "../../src/model/caches/keptKeys.ts";
import { NO_SLOT } from "../../src/model/caches/keyTable.ts";
import { replacements, replacementSchema } from "../../src/model/replacements/index.ts";
import { make } from "../../src/schema/definition.ts";

export class Kept {
  /** What time it is [ns]; the test sets it. */
  readonly clock = { now: 0 as Duration };
  private readonly keys: KeptKeys;

  /** @param written "lru" or { kind, … } as in a scenario. */
  constructor(written: unknown, capacity: number, stream = "eviction") {
    const context = { capacity, random: new Random(stream), clock: this.clock };
    const spec = replacementSchema.parse(written);
    this.keys = new KeptKeys(capacity, make(replacements, spec, context));
  }

  get size(): number {
    return this.keys.size;
  }

  /** Whether the key is there; counts as a use. */
  touch(key: number): boolean {
    const slot = this.keys.find(key);
    if (slot !== NO_SLOT) this.keys.use(slot);
    return slot !== NO_SLOT;
  }

  /** Puts a key; the key evicted for it, or -1. */
  insert(key: number): number {
    this.keys.put(key);
    return this.keys.evicted;
  }

  remove(key: number): void {
    const slot = this.keys.find(key);
    if (slot !== NO_SLOT) this.keys.remove(slot);
  }

  clear(): void {
    this.keys.clear();
  }
}

/** Share of requests that hit, after as many again that are not counted. */
export function hitRatio(cache: Kept, draw: () => number, requests: number): number {
  let hits = 0;
  for (let request = -requests; request < requests; request++) {
    const key = draw();
    if (!cache.touch(key)) cache.insert(key);
    else if (request >= 0) hits++;
  }
  return hits / requests;
}
