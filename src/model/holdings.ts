/** What every call of a service holds, by call; an entry counts while its call is there. */
export class Holdings {
  private amounts = new Float64Array(1024);

  /** A call holds this much more [bytes]. */
  add(call: number, amount: number): void {
    if (call >= this.amounts.length) this.grow(call);
    this.amounts[call]! += amount;
  }

  /** A call leaves; what it held [bytes]. */
  take(call: number): number {
    const amount = this.amounts[call] ?? 0;
    if (amount > 0) this.amounts[call] = 0;
    return amount;
  }

  private grow(call: number): void {
    const before = this.amounts;
    this.amounts = new Float64Array(2 * (call + 1));
    this.amounts.set(before);
  }
}
