/**
 * Least connections: the backend with the fewest calls in flight per weight.
 *
 * Equals take turns in proportion to weight, so that an idle fleet is used in rotation (nginx runs
 * its weighted round robin among them). The backends stand in a binary heap in the order in which
 * they would be chosen: a choice costs nothing, and a call sent or answered some log2(size) steps.
 * Looking at each for every call, as nginx does, would rule out large fleets.
 */
import { balancer, idsOf, type Backends, type Balancer } from "./balancer.ts";
import { KeyedHeap } from "./keyedHeap.ts";

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
  /**
   * By calls in flight per weight, then by turn. Quotients of numbers this small are equal exactly
   * when the loads per weight are.
   */
  private readonly heap = new KeyedHeap();

  choose(): number {
    return this.heap.first;
  }

  sent(position: number): void {
    this.load[position]!++;
    // Turns it did not need while others had fewer calls are forfeited, not saved up.
    this.now = Math.max(this.now, this.due[position]!);
    this.due[position] = this.now + 1 / this.weight[position]!;
    this.settle(position);
  }

  answered(position: number): void {
    this.load[position]!--;
    this.settle(position);
  }

  changed(backends: Backends): void {
    const dues = new Map(this.ids.map((id, position) => [id, this.due[position]!]));
    this.ids = idsOf(backends);
    this.load = Float64Array.from(this.ids, (_, position) => backends.inFlight(position));
    this.weight = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.due = Float64Array.from(this.ids, (id) => dues.get(id) ?? this.now);
    this.heap.fill(
      this.load.map((load, position) => load / this.weight[position]!),
      this.due,
    );
  }

  private settle(position: number): void {
    this.heap.set(position, this.load[position]! / this.weight[position]!, this.due[position]!);
  }
}
