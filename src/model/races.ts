/**
 * Calls made at once of which only some must answer: the first, or a quorum.
 *
 *     call -> a, b, c sent -> b answers, c answers: two of three, the call goes on
 *                              '- a answers some time later; nobody waits for it
 *
 * A race outlives the call it was run for until all its calls are back, so it has a record of its own.
 */
import { DEAD, NONE, type Calls } from "./calls.ts";
import type { Caller, Exchange, Target } from "./exchange.ts";
import { ERROR, OK, type Outcome } from "./outcomes.ts";

/** Hears how a race ended, once for each. */
export interface RaceOwner {
  /** What the call waited for has come, or cannot come any more. */
  answered(call: number, outcome: Outcome): void;
}

export class Races implements Caller {
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly caller: number;
  private readonly owner: RaceOwner;
  /** By race: the call it is run for, NONE once it is decided. */
  private readonly runFor: number[] = [];
  /** By race: right answers still needed, and calls not back. */
  private readonly needed: number[] = [];
  private readonly out: number[] = [];
  /** Races that are over, to be used again. */
  private readonly free: number[] = [];

  constructor(calls: Calls, exchange: Exchange, owner: RaceOwner) {
    this.calls = calls;
    this.exchange = exchange;
    this.owner = owner;
    this.caller = exchange.addCaller(this);
  }

  /** Calls every target for a call, which waits for so many right answers. */
  start(call: number, targets: readonly Target[], needed: number): void {
    const race = this.free.pop() ?? this.out.length;
    this.runFor[race] = call;
    this.needed[race] = needed;
    this.out[race] = targets.length;
    for (let position = 0; position < targets.length; position++) {
      if (this.runFor[race] === NONE) return this.forget(race, targets.length - position);
      const { part, operation, policy } = targets[position]!;
      const child = this.exchange.openFor(call, this.caller, part, operation, policy);
      this.calls.setCaller(child, this.caller, race);
      this.exchange.send(child);
    }
  }

  resolved(child: number, outcome: Outcome): void {
    this.countBack(this.calls.parent(child), outcome);
  }

  /** A retry is worth it only while somebody waits. */
  resume(child: number): boolean {
    const race = this.calls.parent(child);
    const call = this.runFor[race]!;
    if (call !== NONE && !this.calls.has(call, DEAD)) return true;
    this.countBack(race, ERROR);
    return false;
  }

  private countBack(race: number, outcome: Outcome): void {
    if (outcome === OK) this.needed[race]!--;
    const [call, needed] = [this.runFor[race]!, this.needed[race]!];
    const isDecided = call !== NONE && (needed === 0 || this.out[race]! - 1 < needed);
    if (isDecided) this.runFor[race] = NONE;
    this.forget(race, 1);
    if (isDecided) this.owner.answered(call, needed === 0 ? OK : ERROR);
  }

  /** Calls that are back, or need not be made; the last one frees the record. */
  private forget(race: number, calls: number): void {
    this.out[race]! -= calls;
    if (this.out[race] === 0) this.free.push(race);
  }
}
