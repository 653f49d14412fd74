/**
 * Join the shortest queue, as theory knows it: the fewest calls in flight, equals drawn by lot.
 *
 *     level 0: e            backends by calls in flight; the lowest level that is not
 *     level 1: a c  <- lot  empty moves by one with each call, so nothing is searched
 *     level 2: b d
 */
import type { Random } from "../../kernel/random.ts";
import { balancer, type Backends, type Balancer } from "./balancer.ts";

export const joinShortestQueue = balancer({
  kind: "join-shortest-queue",
  summary:
    "Sends each call to the backend with the fewest calls in flight; equals are drawn by lot.",
  source: "Kingman, Two similar queues in parallel, Annals of Mathematical Statistics 32, 1961",
  notes:
    "Knows the calls it has sent itself and no others. Weights do not matter to it; least-connections heeds them.",
  options: {},
  create: (_options, { random }) => new JoinShortestQueue(random),
});

class JoinShortestQueue implements Balancer {
  private readonly random: Random;
  /** Positions by calls in flight, in no order. */
  private readonly levels: number[][] = [];
  /** By position: calls in flight, and where it stands in its level. */
  private load = new Int32Array(0);
  private seat = new Int32Array(0);
  /** The lowest level that somebody is on. */
  private lowest = 0;

  constructor(random: Random) {
    this.random = random;
  }

  choose(): number {
    const level = this.levels[this.lowest]!;
    return level[this.random.below(level.length)]!;
  }

  sent(position: number): void {
    this.move(position, 1);
    if (this.levels[this.lowest]!.length === 0) this.lowest++;
  }

  answered(position: number): void {
    this.move(position, -1);
    this.lowest = Math.min(this.lowest, this.load[position]!);
  }

  changed(backends: Backends): void {
    for (const level of this.levels) level.length = 0;
    this.load = new Int32Array(backends.size);
    this.seat = new Int32Array(backends.size);
    this.lowest = backends.size === 0 ? 0 : Infinity;
    for (let position = 0; position < backends.size; position++) {
      this.load[position] = backends.inFlight(position);
      this.lowest = Math.min(this.lowest, this.load[position]!);
      this.enter(position);
    }
  }

  private move(position: number, by: 1 | -1): void {
    const level = this.levels[this.load[position]!]!;
    const last = level.pop()!;
    if (last !== position) {
      level[this.seat[position]!] = last;
      this.seat[last] = this.seat[position]!;
    }
    this.load[position]! += by;
    this.enter(position);
  }

  private enter(position: number): void {
    const load = this.load[position]!;
    while (this.levels.length <= load) this.levels.push([]);
    this.seat[position] = this.levels[load]!.push(position) - 1;
  }
}
