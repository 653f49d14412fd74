import { expect, test } from "vitest";
import { Random } from "../../../src/kernel/random.ts";
import { Kept } from "../../support/kept.ts";

test("the item used least often makes room, of several the one not used for longest", () => {
  const cache = new Kept("lfu", 3);
  for (const key of [1, 2, 3]) cache.insert(key);
  for (const key of [1, 1, 2, 3]) cache.touch(key); // uses: 1 three, 2 two, 3 two
  expect(cache.insert(4)).toBe(2);
  expect(cache.insert(5)).toBe(4); // used once, when it came
  cache.touch(5); // two uses, as 3, but later
  expect(cache.insert(6)).toBe(3);
});

test("without history an item that comes back begins anew, with it as it left", () => {
  const forgetful = new Kept("lfu", 2);
  const remembering = new Kept({ kind: "lfu", history: true }, 2);
  for (const cache of [forgetful, remembering]) {
    for (const key of [1, 2]) cache.insert(key);
    for (const key of [1, 1, 1, 2, 2]) cache.touch(key); // 1 four uses, 2 three
    expect(cache.insert(3)).toBe(2);
    expect(cache.insert(2)).toBe(3);
    for (const key of [2]) cache.touch(key); // anew: two uses; with history: five
  }
  expect(forgetful.insert(4)).toBe(2);
  expect(remembering.insert(4)).toBe(1);
});

/** Least frequently used, obviously so: looks through everything it holds. */
class Counted {
  private readonly items = new Map<number, { uses: number; lastUse: number }>();
  private readonly capacity: number;
  private turn = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.items.size;
  }

  touch(key: number): boolean {
    const item = this.items.get(key);
    if (item) this.items.set(key, { uses: item.uses + 1, lastUse: ++this.turn });
    return item !== undefined;
  }

  insert(key: number): number {
    if (this.touch(key)) return -1;
    const order = [...this.items].sort(
      ([, one], [, other]) => one.uses - other.uses || one.lastUse - other.lastUse,
    );
    const evicted = this.size === this.capacity ? order[0]![0] : -1;
    this.items.delete(evicted);
    this.items.set(key, { uses: 1, lastUse: ++this.turn });
    return evicted;
  }

  remove(key: number): void {
    this.items.delete(key);
  }

  clear(): void {
    this.items.clear();
  }
}

test("the heap evicts as a search through everything does, under random operations", () => {
  const random = new Random("twin");
  const [fast, slow] = [new Kept("lfu", 40), new Counted(40)];
  for (let event = 0; event < 20_000; event++) {
    const key = random.below(1 + random.below(200)); // small keys more often
    const dice = random.below(2000);
    if (dice === 0) {
      fast.clear();
      slow.clear();
    } else if (dice < 100) {
      fast.remove(key);
      slow.remove(key);
    } else if (dice < 1200) expect(fast.touch(key)).toBe(slow.touch(key));
    else expect(fast.insert(key)).toBe(slow.insert(key));
    expect(fast.size).toBe(slow.size);
  }
});
