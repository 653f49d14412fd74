/** First: the first backend with room, so that a quiet fleet's last machines are empty. */
import { balancer, type Backends, type Balancer } from "./balancer.ts";
import { KeyedHeap } from "./keyedHeap.ts";

export const first = balancer({
  kind: "first",
  summary: "Sends each call to the first backend that is not full.",
  source: "HAProxy: doc/configuration.txt (balance first)",
  notes:
    "Needs a limit of calls per backend (`max-calls` of the load balancer), or the first one gets them all. Meant for fleets that switch off what they do not need.",
  needsLimit: true,
  options: {},
  create: () => new First(),
});

class First implements Balancer {
  private load = new Int32Array(0);
  private limit = new Float64Array(0);
  /** Those with room before those without, each in order of position. */
  private readonly heap = new KeyedHeap();

  choose(): number {
    return this.heap.first;
  }

  sent(position: number): void {
    if (++this.load[position]! === this.limit[position]!) this.heap.set(position, FULL);
  }

  answered(position: number): void {
    if (this.load[position]!-- === this.limit[position]!) this.heap.set(position, ROOM);
  }

  changed(backends: Backends): void {
    const { size } = backends;
    this.load = Int32Array.from({ length: size }, (_, position) => backends.inFlight(position));
    this.limit = Float64Array.from({ length: size }, (_, position) => backends.limit(position));
    this.heap.fill(
      Array.from(this.load, (load, position) => (load < this.limit[position]! ? ROOM : FULL)),
      new Float64Array(size),
    );
  }
}

const ROOM = 0;
const FULL = 1;
