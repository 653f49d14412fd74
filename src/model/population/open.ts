/** An open population: users come whenever the arrival process says, however many are there. */
import type { EventKind, Kernel } from "../../kernel/kernel.ts";
import type { Arrivals, Told } from "../arrivals/arrivals.ts";
import { NONE } from "../calls.ts";
import type { Regulars } from "./regulars.ts";
import type { Asker, Turnout, Visit } from "./population.ts";

/** Arrivals that ask once and are not followed: the common case, and so without any record of users. */
export class Passers {
  private readonly arrivals: Arrivals;
  /** What a file says of each of them; null where nothing does. */
  private readonly told: Told | null;
  private readonly asker: Asker;
  /** Who they are; null where they have no names. */
  private readonly regulars: Regulars | null;
  private readonly kernel: Kernel;
  private readonly arrivalDue: EventKind;

  constructor(kernel: Kernel, arrivals: Arrivals, asker: Asker, regulars: Regulars | null) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.told = arrivals.told ?? null;
    this.asker = asker;
    this.regulars = regulars;
    this.arrivalDue = kernel.on(() => this.arrive());
  }

  /** Schedules the first arrival. */
  open(): void {
    const { now } = this.kernel;
    const next = this.arrivals.next(now);
    if (next !== Infinity) this.arrivalDue.start(next - now);
  }

  /** The next one is scheduled when all that follows from this one at once has happened. */
  private arrive(): void {
    const { told, asker, regulars } = this;
    const user = regulars === null ? NONE : regulars.draw();
    if (told === null) asker.ask(asker.drawClass(), user);
    else {
      const { requestClass, key, work } = told;
      asker.ask(requestClass < 0 ? asker.drawClass() : requestClass, user, key, work);
    }
    this.open();
  }
}

/** Arrivals of users who are followed until they leave. */
export class OpenTurnout implements Turnout {
  private readonly arrivals: Arrivals;
  private readonly visit: Visit;
  /** Who they are; null where they have no names. */
  private readonly regulars: Regulars | null;
  private readonly kernel: Kernel;
  private readonly arrivalDue: EventKind;
  /** Numbers of users who have left, to be given out again. */
  private readonly free: number[] = [];
  private used = 0;

  constructor(kernel: Kernel, arrivals: Arrivals, visit: Visit, regulars: Regulars | null) {
    this.kernel = kernel;
    this.arrivals = arrivals;
    this.visit = visit;
    this.regulars = regulars;
    this.arrivalDue = kernel.on(() => this.arrive());
  }

  open(): void {
    const { now } = this.kernel;
    const next = this.arrivals.next(now);
    if (next !== Infinity) this.arrivalDue.start(next - now);
  }

  private arrive(): void {
    const user = this.free.pop() ?? this.used++;
    this.regulars?.comes(user);
    this.visit.begin(user);
    this.open();
  }

  left(user: number): void {
    this.free.push(user);
  }
}
