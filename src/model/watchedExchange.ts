/** An exchange that lets a tracer follow every call: what an ordinary run does not need costs it nothing. */
import { Exchange } from "./exchange.ts";
import { CANCELLED, type Outcome } from "./outcomes.ts";
import type { Tracer } from "./tracer.ts";

export class WatchedExchange extends Exchange {
  /** Set before the first call. */
  tracer!: Tracer;

  protected override goOut(call: number): void {
    this.tracer.sent(call);
    super.goOut(call);
  }

  override passOn(call: number, part: number): void {
    this.tracer.passedOn(call, part);
    super.passOn(call, part);
  }

  protected override isPassedOnAgain(call: number, outcome: Outcome): boolean {
    this.tracer.cameBack(call, outcome);
    return super.isPassedOnAgain(call, outcome);
  }

  protected override takeOver(call: number): number {
    const fresh = super.takeOver(call);
    this.tracer.moved(call, fresh);
    return fresh;
  }

  override openAnother(call: number): number {
    const another = super.openAnother(call);
    this.tracer.follows(another, call);
    return another;
  }

  override drop(call: number): void {
    this.tracer.concluded(call, CANCELLED);
    super.drop(call);
  }

  protected override conclude(call: number, outcome: Outcome): void {
    this.tracer.concluded(call, outcome);
    super.conclude(call, outcome);
  }

  protected override over(call: number, outcome: Outcome): void {
    this.tracer.over(call, outcome);
    super.over(call, outcome);
  }
}
