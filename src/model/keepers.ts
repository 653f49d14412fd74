/**
 * Which calls are out for whom, where that somebody may call them off: a call that can be cancelled,
 * or a user who may reload. Calls nobody can call off are not in it.
 */

/** A call (its number), or a user (a negative number). */
type Keeper = number;

export class Keepers {
  private readonly keeperOf = new Map<number, Keeper>();
  private readonly keptBy = new Map<Keeper, Set<number>>();

  keep(call: number, keeper: Keeper): void {
    this.keeperOf.set(call, keeper);
    const kept = this.keptBy.get(keeper);
    if (kept) kept.add(call);
    else this.keptBy.set(keeper, new Set([call]));
  }

  /** Another call is out for whom this one was. */
  keepToo(next: number, call: number): void {
    this.keep(next, this.keeperOf.get(call)!);
  }

  /** A call is over. */
  forget(call: number): void {
    const keeper = this.keeperOf.get(call);
    if (keeper === undefined) return;
    this.keeperOf.delete(call);
    const kept = this.keptBy.get(keeper)!;
    kept.delete(call);
    if (kept.size === 0) this.keptBy.delete(keeper);
  }

  /** The calls that are out for somebody, in the order they were made. */
  of(keeper: Keeper): readonly number[] {
    return [...(this.keptBy.get(keeper) ?? [])];
  }
}
