/** Join an idle queue: any idle backend, and if nobody is idle any backend at all. */
import type { Random } from "../../kernel/random.ts";
import { balancer, type Backends, type Balancer } from "./balancer.ts";

export const joinIdleQueue = balancer({
  kind: "join-idle-queue",
  summary: "Sends each call to an idle backend drawn by lot, or to any one when none is idle.",
  source:
    "Lu, Xie, Kliot, Geller, Larus, Greenberg: Join-Idle-Queue, Performance Evaluation 68, 2011",
  notes:
    "Idle means without calls of this balancer. As good as the shortest queue while somebody is idle, no better than random when nobody is. Weights do not matter to it.",
  options: {},
  create: (_options, { random }) => new JoinIdleQueue(random),
});

class JoinIdleQueue implements Balancer {
  private readonly random: Random;
  /** Idle positions in no order, and where each stands there. */
  private readonly idle: number[] = [];
  private seat = new Int32Array(0);
  private load = new Int32Array(0);

  constructor(random: Random) {
    this.random = random;
  }

  choose(backends: Backends): number {
    const { idle } = this;
    if (idle.length > 0) return idle[this.random.below(idle.length)]!;
    return this.random.below(backends.size);
  }

  sent(position: number): void {
    if (this.load[position]!++ > 0) return;
    const last = this.idle.pop()!;
    if (last === position) return;
    this.idle[this.seat[position]!] = last;
    this.seat[last] = this.seat[position]!;
  }

  answered(position: number): void {
    if (--this.load[position]! === 0) this.enter(position);
  }

  changed(backends: Backends): void {
    this.idle.length = 0;
    this.seat = new Int32Array(backends.size);
    this.load = new Int32Array(backends.size);
    for (let position = 0; position < backends.size; position++) {
      this.load[position] = backends.inFlight(position);
      if (this.load[position] === 0) this.enter(position);
    }
  }

  private enter(position: number): void {
    this.seat[position] = this.idle.push(position) - 1;
  }
}
