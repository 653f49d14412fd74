/** The shortest visit: one request of a class drawn from the mix, and off. */
import type { Asker, Turnout, Visit } from "./population.ts";

export class Errand implements Visit {
  /** Set once it exists: it needs the visit, the visit needs it. */
  turnout!: Turnout;
  private readonly asker: Asker;

  constructor(asker: Asker) {
    this.asker = asker;
  }

  begin(user: number): void {
    this.asker.ask(this.asker.drawClass(), user);
  }

  answered(user: number): void {
    this.turnout.left(user);
  }
}
