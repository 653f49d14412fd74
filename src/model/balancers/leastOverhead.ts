/** The backend with the least of what a formula makes of its calls and weight; the first of equals. */
import type { Backends, Balancer } from "./balancer.ts";
import { KeyedHeap } from "./keyedHeap.ts";

export class LeastOverhead implements Balancer {
  private readonly overhead: (inFlight: number, weight: number) => number;
  /** By position. */
  private load = new Float64Array(0);
  private weight = new Float64Array(0);
  private readonly heap = new KeyedHeap();

  constructor(overhead: (inFlight: number, weight: number) => number) {
    this.overhead = overhead;
  }

  choose(): number {
    return this.heap.first;
  }

  sent(position: number): void {
    this.load[position]!++;
    this.settle(position);
  }

  answered(position: number): void {
    this.load[position]!--;
    this.settle(position);
  }

  changed(backends: Backends): void {
    const { size } = backends;
    this.load = Float64Array.from({ length: size }, (_, position) => backends.inFlight(position));
    this.weight = Float64Array.from({ length: size }, (_, position) => backends.weight(position));
    this.heap.fill(
      this.load.map((load, position) => this.overhead(load, this.weight[position]!)),
      new Float64Array(size),
    );
  }

  private settle(position: number): void {
    this.heap.set(position, this.overhead(this.load[position]!, this.weight[position]!));
  }
}
