/**
 * A waiting room: calls come in at a rate, the others stand in line in the order they came. Who has
 * gone when the turn comes is passed by, so no place is wasted on people who left.
 */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { count, duration, rate } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { ADMIT, guard, HOLD, REJECT, type Guard, type GuardContext } from "./guard.ts";

export const waitingRoom = guard({
  kind: "waiting-room",
  summary: "Admits calls at a rate and keeps the others in line, in order.",
  notes: "Nobody is let in who would have to wait longer than `max-wait`, if all ahead stay.",
  example: "guards: [{ kind: waiting-room, rate: 200 rps, max-wait: 5 min }]",
  options: {
    rate: rate("Calls admitted a second.", { min: 1e-6 }),
    "max-wait": duration("The longest wait anybody is asked for.").prefault("10 min"),
    capacity: count("Calls that may stand in line; without it, any number.").optional(),
  },
  create: (options, context) =>
    new WaitingRoom(
      SECOND / options.rate,
      Math.min(
        options.capacity ?? Infinity,
        Math.floor((options["max-wait"] / SECOND) * options.rate),
      ),
      context,
    ),
});

class WaitingRoom implements Guard {
  /** Between two admissions [ns] -- constant. */
  private readonly gap: Duration;
  /** Calls that may stand in line [calls] -- constant. */
  private readonly places: number;
  private readonly context: GuardContext;
  /** Calls in line, the first at `head`; NONE where somebody has left -- state. */
  private line: number[] = [];
  private head = 0;
  /** Of those in line, how many have left -- state. */
  private gaps = 0;
  /** Nobody comes in before this instant [ns] -- state. */
  private openAt: Duration = 0;

  constructor(gap: Duration, places: number, context: GuardContext) {
    this.gap = gap;
    this.places = places;
    this.context = context;
  }

  admit(call: number, now: Duration): number {
    const waiting = this.line.length - this.head;
    if (waiting === 0 && now >= this.openAt) {
      this.openAt = now + this.gap;
      return ADMIT;
    }
    if (waiting - this.gaps >= this.places) return REJECT;
    this.line.push(call);
    if (waiting === 0) this.context.after(this.openAt - now, () => this.next());
    return HOLD;
  }

  private next(): void {
    const { line, context, gap } = this;
    while (this.head < line.length && this.hasGone(line[this.head]!)) {
      const gone = line[this.head++]!;
      if (gone === NONE) this.gaps--;
      else context.turnAway(gone);
    }
    const call = line[this.head];
    if (call === undefined) return this.tidy();
    this.head++;
    this.openAt += gap;
    if (this.head < line.length) context.after(gap, () => this.next());
    this.tidy();
    context.letIn(call);
  }

  forget(call: number): void {
    this.line[this.line.indexOf(call, this.head)] = NONE;
    this.gaps++;
  }

  private hasGone(call: number): boolean {
    return call === NONE || this.context.isAbandoned(call);
  }

  /** Forgets those who are no longer in line, once they are half of the list. */
  private tidy(): void {
    if (this.head * 2 < this.line.length) return;
    this.line = this.line.slice(this.head);
    this.head = 0;
  }
}
