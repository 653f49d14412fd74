/**
 * Weighted least connections as IPVS counts them: a connection that has just been closed still
 * counts a little, so a backend that served many short calls looks busier than one that served few.
 */
import type { Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { balancer, type Backends, type Balancer, type BalancerContext } from "./balancer.ts";
import { KeyedHeap } from "./keyedHeap.ts";

/** What an active connection costs against an inactive one. */
const ACTIVE = 256;

export const weightedLeastConnections = balancer({
  kind: "weighted-least-connections",
  summary: "Sends each call where (256 × active + inactive connections) / weight is least.",
  source:
    "Linux: net/netfilter/ipvs/ip_vs_wlc.c; include/net/ip_vs.h (ip_vs_dest_conn_overhead); ip_vs_proto_tcp.c (timeouts)",
  notes:
    "A call is taken for a connection of its own: active while it is in flight, inactive for a time after it. The first of equals is taken.",
  options: {
    "inactive-for": duration(
      "How long a closed connection stays in the table: the time-wait of the kernel.",
    ).prefault("2 min"),
  },
  create: (options, { clock }) => new WeightedLeastConnections(options["inactive-for"], clock),
});

class WeightedLeastConnections implements Balancer {
  /** How long a closed connection counts [ns] -- constant. */
  private readonly inactiveFor: Duration;
  private readonly clock: BalancerContext["clock"];
  /** By position. */
  private active = new Float64Array(0);
  private weight = new Float64Array(0);
  private ids: readonly number[] = [];
  /** By instance id. */
  private readonly inactive: number[] = [];
  private readonly positions: (number | undefined)[] = [];
  private readonly closed = new ClosedConnections();
  private readonly heap = new KeyedHeap();

  constructor(inactiveFor: Duration, clock: BalancerContext["clock"]) {
    this.inactiveFor = inactiveFor;
    this.clock = clock;
  }

  choose(): number {
    while (this.closed.expires <= this.clock.now) this.forget(this.closed.shift());
    return this.heap.first;
  }

  sent(position: number): void {
    this.active[position]!++;
    this.settle(position);
  }

  answered(position: number, elapsed: Duration): void {
    this.active[position]!--;
    if (elapsed >= 0 && this.inactiveFor > 0) {
      const id = this.ids[position]!;
      this.inactive[id]!++;
      this.closed.push(id, this.clock.now + this.inactiveFor);
    }
    this.settle(position);
  }

  changed(backends: Backends): void {
    for (const id of this.ids) this.positions[id] = undefined;
    const { size } = backends;
    this.ids = Array.from({ length: size }, (_, position) => backends.id(position));
    this.ids.forEach((id, position) => {
      this.positions[id] = position;
      this.inactive[id] ??= 0;
    });
    this.active = Float64Array.from(this.ids, (_, position) => backends.inFlight(position));
    this.weight = Float64Array.from(this.ids, (_, position) => backends.weight(position));
    this.heap.fill(
      this.active.map((_, position) => this.overhead(position)),
      new Float64Array(size),
    );
  }

  private forget(id: number): void {
    this.inactive[id]!--;
    const position = this.positions[id];
    if (position !== undefined) this.settle(position);
  }

  private settle(position: number): void {
    this.heap.set(position, this.overhead(position));
  }

  private overhead(position: number): number {
    const inactive = this.inactive[this.ids[position]!]!;
    return (ACTIVE * this.active[position]! + inactive) / this.weight[position]!;
  }
}

/**
 * Connections in the order in which they were closed, which is that in which they expire: a ring.
 *
 *     head -> | id, until | id, until | … |   `count` of them, wrapping around
 */
class ClosedConnections {
  private ids = new Int32Array(64);
  private until = new Float64Array(64);
  private head = 0;
  private count = 0;

  /** When the oldest expires [ns]; Infinity when there is none. */
  get expires(): Duration {
    return this.count === 0 ? Infinity : this.until[this.head]!;
  }

  push(id: number, until: Duration): void {
    if (this.count === this.ids.length) this.grow();
    const end = (this.head + this.count++) & (this.ids.length - 1);
    this.ids[end] = id;
    this.until[end] = until;
  }

  shift(): number {
    const id = this.ids[this.head]!;
    this.head = (this.head + 1) & (this.ids.length - 1);
    this.count--;
    return id;
  }

  private grow(): void {
    const { ids, until, head } = this;
    this.ids = new Int32Array(ids.length * 2);
    this.until = new Float64Array(ids.length * 2);
    this.ids.set(ids.subarray(head));
    this.ids.set(ids.subarray(0, head), ids.length - head);
    this.until.set(until.subarray(head));
    this.until.set(until.subarray(0, head), ids.length - head);
    this.head = 0;
  }
}
