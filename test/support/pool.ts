/** Backends behind one balancer, as a part keeps them: counts calls in flight and tells the balancer. */
import { expect } from "vitest";
import { Random } from "../../src/kernel/random.ts";
import { make } from "../../src/schema/definition.ts";
import type { Backends, Balancer } from "../../src/model/balancers/balancer.ts";
import { balancers, balancerSchema } from "../../src/model/balancers/index.ts";

interface Member {
  readonly id: number;
  weight: number;
  inFlight: number;
}

export class Pool implements Backends {
  private members: Member[] = [];
  private readonly balancer: Balancer;

  /** @param weights of the first members, whose ids are 0, 1, 2, … */
  constructor(written: string | object, weights: readonly number[], stream = "pool") {
    const spec = balancerSchema.parse(typeof written === "string" ? { kind: written } : written);
    this.balancer = make(balancers, spec, { random: new Random(stream) });
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
  id(position: number): number {
    return this.members[position]!.id;
  }

  /** Sends a call; the id of the backend it went to. */
  send(): number {
    const position = this.balancer.choose(this);
    expect(Number.isInteger(position) && position >= 0 && position < this.size).toBe(true);
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

  /** A call comes back; one to a backend that has left changes nothing here. */
  answer(id: number): void {
    const position = this.members.findIndex((member) => member.id === id);
    if (position < 0) return;
    this.members[position]!.inFlight--;
    this.balancer.answered?.(position);
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
