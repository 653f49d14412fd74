/** Backends behind one balancer, as a part keeps them: counts calls in flight and tells the balancer. */
import { assert } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { make } from "../../src/schema/definition.ts";
import type { Asked, Backends, Balancer } from "../../src/model/balancers/balancer.ts";
import { balancers, balancerSchema } from "../../src/model/balancers/index.ts";

/** A call about nothing, from nobody. */
export const anyCall: Asked = { key: -1, source: -1, zone: null, redraws: 0 };

interface Member {
  readonly id: number;
  weight: number;
  inFlight: number;
}

export class Pool implements Backends {
  private members: Member[] = [];
  private readonly balancer: Balancer;
  /** Simulated time; tests move it. */
  readonly clock = { now: 0 };
  /** What its calls are about, one after another; with a key each, unless a test says otherwise. */
  call: Asked | null = null;
  /** Calls each backend may have in flight. */
  limits = Infinity;
  private sends = 0;

  /** @param weights of the first members, whose ids are 0, 1, 2, … */
  constructor(written: string | object, weights: readonly number[], stream = "pool") {
    const spec = balancerSchema.parse(typeof written === "string" ? { kind: written } : written);
    this.balancer = make(balancers, spec, {
      random: new Random(stream),
      clock: this.clock,
    });
    this.become(weights.map((weight, id) => ({ id, weight, inFlight: 0 })));
  }

  get size(): number {
    return this.members.length;
  }
  inFlight(position: number): number {
    return this.members[position]!.inFlight;
  }
  weight(position: number): number {
    return this.members[position]!.weight;
  }
  limit(): number {
    return this.limits;
  }
  id(position: number): number {
    return this.members[position]!.id;
  }
  zone(position: number): string {
    return "abc"[this.members[position]!.id % 3]!;
  }

  /** Sends a call; the id of the backend it went to. */
  send(): number {
    const key = this.sends++;
    const position = this.balancer.choose(this, this.call ?? { ...anyCall, key, source: key });
    assert(Number.isInteger(position) && position >= 0 && position < this.size, "a position");
    this.members[position]!.inFlight++;
    this.balancer.sent?.(position);
    return this.members[position]!.id;
  }

  /** Sends calls, one after the other, all of them left unanswered. */
  sendAll(calls: number): number[] {
    return Array.from({ length: calls }, () => this.send());
  }

  /** Sends a call that is answered before the next. */
  ask(): number {
    const id = this.send();
    this.answer(id);
    return id;
  }

  /** Asks so many times. */
  askAll(calls: number): number[] {
    return Array.from({ length: calls }, () => this.ask());
  }

  /** Sends so many calls, with a number of them out: the oldest comes back when another is sent. */
  rotate(calls: number, out: number): number[] {
    const ids: number[] = [];
    for (let call = 0; call < calls; call++) {
      if (call >= out) this.answer(ids[call - out]!);
      ids.push(this.send());
    }
    for (const id of ids.slice(-out)) this.answer(id);
    return ids;
  }

  /** A call comes back after a time; one to a backend that has left changes nothing here. */
  answer(id: number, elapsed = 1_000_000, good = true): void {
    const position = this.members.findIndex((member) => member.id === id);
    if (position < 0) return;
    this.members[position]!.inFlight--;
    this.balancer.answered?.(position, elapsed, good);
  }

  /** A passive check counts a call to it as failed. */
  fail(id: number, allowed: number): void {
    this.balancer.failed?.(id, allowed);
  }

  /** It leaves for good. */
  retire(id: number): void {
    this.leave(id);
    this.balancer.left?.(id);
  }

  join(id: number, weight = 1): void {
    this.become([...this.members, { id, weight, inFlight: 0 }]);
  }

  leave(id: number): void {
    this.become(this.members.filter((member) => member.id !== id));
  }

  reweigh(id: number, weight: number): void {
    this.become(this.members.map((member) => (member.id === id ? { ...member, weight } : member)));
  }

  private become(members: Member[]): void {
    this.members = members;
    this.balancer.changed?.(this);
  }
}

/** How often each whole number below `kinds` occurs. */
export function tally(values: readonly number[], kinds: number): number[] {
  const counts = new Array<number>(kinds).fill(0);
  for (const value of values) counts[value]!++;
  return counts;
}
