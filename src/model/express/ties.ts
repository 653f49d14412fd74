/**
 * What happens at the same nanosecond happens in the order in which the event path would have
 * scheduled it. The express path knows that order from when each event would have been scheduled,
 * and from the order of arrival; where both are equal too and it matters, it gives up, and the run
 * is made again with events. With random times this is one run in very many.
 */
export class Undecided extends Error {
  override readonly name = "Undecided";
}

export function giveUp(): never {
  throw new Undecided("two events at the same instant were scheduled at the same instant");
}
