/** An open population: users come whenever the arrival process says, however many are there. */
import type { EventKind, Kernel } from "../../kernel/kernel.ts";
import type { Arrivals, Told } from "../arrivals/arrivals.ts";
import { NONE } from "../calls.ts";
import type { Asker, Turnout, Visit } from "./population.ts";

/** Arrivals that ask once and are not followed: the common case, and so without any record of users. */
export class Passers {
  private readonly arrivals: Arrivals;
  /** What a file says of each of them; null where nothing does. */
  private readonly told: Told | null;
  private readonly asker: Asker;
  private readonly kernel: Kernel;
  private readonly arrivalDue: EventKind;

  constructor(kernel: Kernel, arrivals: Arrivals, asker: Asker) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.told = arrivals.told ?? null;
    this.asker = asker;
    this.arrivalDue = kernel.on(() => this.arrive());
  }

  /** Schedules the first arrival. */
  open(): void {
    const next = this.arrivals.next(this.kernel.now);
    if (next !== Infinity) this.arrivalDue.at(next);
  }

  /** The next one is scheduled when all that follows from this one at once has happened. */
  private arrive(): void {
    const { told, asker } = this;
    if (told === null) asker.ask(asker.drawClass(), NONE);
    else {
      const { requestClass, key, work } = told;
      asker.ask(requestClass < 0 ? asker.drawClass() : requestClass, NONE, key, work);
    }
    this.open();
  }
}

/** Arrivals of users who are followed until they leave. */
export class OpenTurnout implements Turnout {
  private readonly arrivals: Arrivals;
  private readonly visit: Visit;
  private readonly kernel: Kernel;
  private readonly arrivalDue: EventKind;
  /** Numbers of users who have left, to be given out again. */
  private readonly free: number[] = [];
  private used = 0;

  constructor(kernel: Kernel, arrivals: Arrivals, visit: Visit) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.visit = visit;
    this.arrivalDue = kernel.on(() => this.arrive());
  }

  open(): void {
    const next = this.arrivals.next(this.kernel.now);
    if (next !== Infinity) this.arrivalDue.at(next);
  }

  private arrive(): void {
    this.visit.begin(this.free.pop() ?? this.used++);
    this.open();
  }

  left(user: number): void {
    this.free.push(user);
  }
}
