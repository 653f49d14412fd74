/**
 * Least connections: the backend with the fewest calls in flight per weight.
 *
 * Equals take turns in proportion to weight, so that an idle fleet is used in rotation (nginx runs
 * its weighted round robin among them). The backends stand in a binary heap in the order in which
 * they would be chosen: a choice costs nothing, and a call sent or answered some log2(size) steps.
 * Looking at each for every call, as nginx does, would rule out large fleets.
 */
import { balancer, type Backends, type Balancer } from "./balancer.ts";

export const leastConnections = balancer({
  kind: "least-connections",
  summary: "Sends each call to the backend with the fewest calls in flight for its weight.",
  source:
    "nginx: src/http/modules/ngx_http_upstream_least_conn_module.c; HAProxy: doc/configuration.txt (leastconn)",
  notes:
    "Counts only this balancer's own calls. A backend that fails fast looks idle and draws the calls of others until a health check takes it out.",
  options: {},
  create: () => new LeastConnections(),
});

class LeastConnections implements Balancer {
  private ids: readonly number[] = [];
  /** By position: calls in flight, weight, and when its next turn among equals begins [turns]. */
  private load = new Float64Array(0);
  private weight = new Float64Array(0);
  private due = new Float64Array(0);
  /** When the turn of the backend chosen last began [turns]; a turn lasts 1/weight. */
  private now = 0;
  /** Positions as a binary heap: none goes before its parent, heap[(place - 1) >> 1]. */
  private heap = new Int32Array(0);
  /** Where a position stands: heap[place[position]] === position. */
  private place = new Int32Array(0);

  choose(): number {
    return this.heap[0]!;
  }

  sent(position: number): void {
    this.load[position]!++;
    // Turns it did not need while others had fewer calls are forfeited, not saved up.
    this.now = Math.max(this.now, this.due[position]!);
    this.due[position] = this.now + 1 / this.weight[position]!;
    this.sink(position);
  }

  answered(position: number): void {
    this.load[position]!--;
    this.rise(position);
  }

  changed(backends: Backends): void {
    const dues = new Map(this.ids.map((id, position) => [id, this.due[position]!]));
    this.ids = Array.from({ length: backends.size }, (_, position) => backends.id(position));
    this.load = Float64Array.from(this.ids, (_, position) => backends.inFlight(position));
    this.weight = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.due = Float64Array.from(this.ids, (id) => dues.get(id) ?? this.now);
    // A sorted array is a heap.
    this.heap = Int32Array.from(this.ids.keys()).sort((one, two) =>
      this.before(one, two) ? -1 : 1,
    );
    this.place = new Int32Array(backends.size);
    this.heap.forEach((position, place) => (this.place[position] = place));
  }

  /** Whether one backend is to be chosen before another; a total order. */
  private before(one: number, two: number): boolean {
    // Loads per weight, multiplied out: equal is equal, whatever the weights.
    const difference = this.load[one]! * this.weight[two]! - this.load[two]! * this.weight[one]!;
    if (difference !== 0) return difference < 0;
    const turns = this.due[one]! - this.due[two]!;
    return turns !== 0 ? turns < 0 : one < two;
  }

  private rise(position: number): void {
    let place = this.place[position]!;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(position, this.heap[parent]!)) break;
      this.put(this.heap[parent]!, place);
      place = parent;
    }
    this.put(position, place);
  }

  private sink(position: number): void {
    const { heap } = this;
    let place = this.place[position]!;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.before(heap[child]!, position)) break;
      this.put(heap[child]!, place);
      place = child;
    }
    this.put(position, place);
  }

  private put(position: number, place: number): void {
    this.heap[place] = position;
    this.place[position] = place;
  }
}
