/**
 * A part that something is wrong with, as calls meet it: before its guards, on the instance that
 * would have served them.
 *
 *     call -> [ ailment ] -> the part
 *                | | '- late: goes on after a while
 *                | '- answered: error, refused
 *                '- swallowed: hears nothing until the ailment is over, then it is lost
 *
 * It is put before a part only where a scenario has such a fault.
 */
import type { EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { DEAD, UNDERWAY, type Calls } from "./calls.ts";
import type { Callee, Withdrawal } from "./exchange.ts";
import { CANCELLED, LOST, type Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** Goes on to the part. */
export const PASS = -1;
/** Hears nothing. */
export const SILENCE = -2;
export type Verdict = Outcome | typeof PASS | typeof SILENCE;

export interface Ailment {
  /** Numbers of the instances that have it; null for the part as a whole. */
  readonly instances: ReadonlySet<number> | null;
  /** Numbers of the operations it concerns; null for all. */
  readonly operations: ReadonlySet<number> | null;
  /** What becomes of a call that meets it; without this it passes. */
  verdict?(call: number): Verdict;
  /** How long a call that passes is held [ns]; without this not at all. */
  delay?(): Duration;
}

export class Ailing implements Callee {
  readonly withdrawals: Withdrawal;
  readonly calls: Calls;
  private readonly world: World;
  private readonly behind: Callee;
  /** What is wrong now, with the calls each has swallowed, in the order in which it began. */
  private readonly ailments = new Map<Ailment, number[]>();
  private readonly delayOver: EventKind;

  constructor(world: World, behind: Callee) {
    this.world = world;
    this.calls = world.calls;
    this.behind = behind;
    this.delayOver = world.kernel.on((call) => this.goOn(call));
    // A call that was swallowed is past being taken back, as at a dead instance.
    this.withdrawals = {
      cancel: (call) => {
        if (!this.calls.has(call, DEAD)) behind.withdrawals?.cancel(call);
      },
      renege: (call) => {
        if (!this.calls.has(call, DEAD)) behind.withdrawals?.renege(call);
      },
    };
  }

  begin(ailment: Ailment): void {
    this.ailments.set(ailment, []);
  }

  /** It is over: the calls it swallowed are lost. */
  end(ailment: Ailment): void {
    const swallowed = this.ailments.get(ailment) ?? [];
    this.ailments.delete(ailment);
    for (const call of swallowed) this.turnAway(call, LOST);
  }

  arrive(call: number): void {
    if (this.ailments.size === 0) return this.behind.arrive(call);
    this.behind.assign?.(call);
    let delay = 0;
    for (const [ailment, swallowed] of this.ailments) {
      if (!this.concerns(ailment, call)) continue;
      const verdict = ailment.verdict?.(call) ?? PASS;
      if (verdict === SILENCE) {
        this.calls.raise(call, DEAD);
        swallowed.push(call);
        return;
      }
      if (verdict !== PASS) return this.turnAway(call, verdict);
      delay += ailment.delay?.() ?? 0;
    }
    if (delay === 0) return this.behind.arrive(call);
    this.calls.raise(call, UNDERWAY);
    this.delayOver.after(delay, call);
  }

  assign(call: number): void {
    this.behind.assign?.(call);
  }

  unassign(call: number, outcome?: Outcome): void {
    this.behind.unassign?.(call, outcome);
  }

  get isBesideCaller(): boolean {
    return this.behind.isBesideCaller ?? false;
  }

  private concerns({ instances, operations }: Ailment, call: number): boolean {
    if (operations !== null && !operations.has(this.calls.operation(call))) return false;
    return instances === null || instances.has(this.calls.instance(call));
  }

  private goOn(call: number): void {
    this.calls.lower(call, UNDERWAY);
    if (this.calls.isUnwanted(call)) this.turnAway(call, CANCELLED);
    else this.behind.arrive(call);
  }

  private turnAway(call: number, outcome: Outcome): void {
    this.behind.unassign?.(call, outcome);
    this.world.exchange.answer(call, outcome);
  }
}
