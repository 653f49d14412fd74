/** The shortest visit: one request of a class drawn from the mix, and off. */
import type { Told } from "../arrivals/arrivals.ts";
import type { Asker, Turnout, Visit } from "./population.ts";

export class Errand implements Visit {
  /** Set once it exists: it needs the visit, the visit needs it. */
  turnout!: Turnout;
  private readonly asker: Asker;
  /** What a file says of whoever has just come; null where nothing does. */
  private readonly told: Told | null;

  constructor(asker: Asker, told: Told | null) {
    this.asker = asker;
    this.told = told;
  }

  begin(user: number): void {
    const { asker, told } = this;
    if (told === null) return asker.ask(asker.drawClass(), user);
    const { requestClass, key, work } = told;
    asker.ask(requestClass < 0 ? asker.drawClass() : requestClass, user, key, work);
  }

  answered(user: number): void {
    this.turnout.left(user);
  }
}
