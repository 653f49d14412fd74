/**
 * Fair queueing over request classes: one call of each waiting class in turn, so that a class that
 * floods the queue waits behind itself.
 *
 *     browse | | | | | | |  -.
 *     checkout |            -+-> browse, checkout, browse, browse, ...
 */
import { Chain } from "./chain.ts";
import { NONE } from "../calls.ts";
import { discipline, type DisciplineContext, type Queue } from "./discipline.ts";

export const fair = discipline({
  kind: "fair",
  summary: "Serves the request classes that wait in turn, one call of each.",
  source: "Nagle, On Packet Switches with Infinite Storage, RFC 970, 1985",
  notes:
    "Fair in calls, not in the work they bring. Within a class, first in, first out. A class that has not waited joins behind the others.",
  options: {},
  create: (_options, context) => new FairQueue(context),
});

/** A chain for each class, and the classes that wait in a ring in the order of their turns. */
class FairQueue implements Queue {
  length = 0;
  readonly expelled = null;
  readonly interrupts = null;
  /** By class number; made when a class first waits. */
  private readonly chains: Chain[] = [];
  /** Class after this one in the round, by class number -- state of those that wait. */
  private readonly after: number[] = [];
  /** The class whose turn was last, after which the next one stands; NONE when nobody waits. */
  private lastServed = NONE;
  private readonly context: DisciplineContext;

  constructor(context: DisciplineContext) {
    this.context = context;
  }

  push(call: number): void {
    const number = this.context.requestClass(call);
    const chain = (this.chains[number] ??= new Chain(this.context.links));
    if (chain.length === 0) this.join(number);
    chain.push(call);
    this.length++;
  }

  shift(): number {
    if (this.length === 0) return NONE;
    const turn = this.after[this.lastServed]!;
    const chain = this.chains[turn]!;
    const call = chain.shift();
    this.length--;
    if (chain.length === 0) this.part(turn, this.lastServed);
    else this.lastServed = turn;
    return call;
  }

  remove(call: number): void {
    const number = this.context.requestClass(call);
    const chain = this.chains[number]!;
    chain.remove(call);
    this.length--;
    if (chain.length > 0) return;
    let before = number;
    while (this.after[before] !== number) before = this.after[before]!;
    this.part(number, before);
  }

  /** A class begins to wait: its turn is after all others. */
  private join(number: number): void {
    if (this.lastServed === NONE) this.after[number] = number;
    else {
      this.after[number] = this.after[this.lastServed]!;
      this.after[this.lastServed] = number;
    }
    this.lastServed = number;
  }

  /** A class waits no more; `before` is the one ahead of it in the ring. */
  private part(number: number, before: number): void {
    if (before === number) this.lastServed = NONE;
    else {
      this.after[before] = this.after[number]!;
      if (this.lastServed === number) this.lastServed = before;
    }
  }
}
