/** Least recently used, obviously so: a Set keeps its members in the order they were added. */
export class InOrder {
  private readonly keys = new Set<number>();
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.keys.size;
  }

  touch(key: number): boolean {
    const present = this.keys.delete(key);
    if (present) this.keys.add(key);
    return present;
  }

  insert(key: number): number {
    const full = !this.keys.delete(key) && this.size === this.capacity;
    const [oldest] = this.keys;
    if (full) this.keys.delete(oldest!);
    this.keys.add(key);
    return full ? oldest! : -1;
  }

  remove(key: number): void {
    this.keys.delete(key);
  }

  clear(): void {
    this.keys.clear();
  }
}
