/**
 * Positions in the order of two keys, the smallest on top: a binary heap that knows where everyone
 * stands, so that one key changes in log2(size) steps.
 *
 *     order[0] is the smallest; none goes before its parent, order[(place - 1) >> 1];
 *     order[place[position]] === position
 */
export class KeyedHeap {
  /** By position. Equal keys go by tie, equal ties by position: a total order. */
  private keys = new Float64Array(0);
  private ties = new Float64Array(0);
  private order = new Int32Array(0);
  private place = new Int32Array(0);

  /** The position with the smallest key. */
  get first(): number {
    return this.order[0]!;
  }

  /** Starts anew with the keys and ties of positions 0 … size-1. */
  fill(keys: ArrayLike<number>, ties: ArrayLike<number>): void {
    this.keys = Float64Array.from(keys);
    this.ties = Float64Array.from(ties);
    // A sorted array is a heap.
    this.order = Int32Array.from(this.keys.keys()).sort((one, other) =>
      this.before(one, other) ? -1 : 1,
    );
    this.place = new Int32Array(this.order.length);
    this.order.forEach((position, place) => (this.place[position] = place));
  }

  set(position: number, key: number, tie = 0): void {
    this.keys[position] = key;
    this.ties[position] = tie;
    this.rise(position);
    this.sink(position);
  }

  private before(one: number, other: number): boolean {
    const keys = this.keys[one]! - this.keys[other]!;
    if (keys !== 0) return keys < 0;
    const ties = this.ties[one]! - this.ties[other]!;
    return ties !== 0 ? ties < 0 : one < other;
  }

  private rise(position: number): void {
    let place = this.place[position]!;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(position, this.order[parent]!)) break;
      this.put(this.order[parent]!, place);
      place = parent;
    }
    this.put(position, place);
  }

  private sink(position: number): void {
    const { order } = this;
    let place = this.place[position]!;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= order.length) break;
      if (child + 1 < order.length && this.before(order[child + 1]!, order[child]!)) child++;
      if (!this.before(order[child]!, position)) break;
      this.put(order[child]!, place);
      place = child;
    }
    this.put(position, place);
  }

  private put(position: number, place: number): void {
    this.order[place] = position;
    this.place[position] = place;
  }
}
