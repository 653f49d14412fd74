/**
 * Where calls go on whose records were needed by somebody else. Timers name the record they were set
 * for, and find the call here.
 */
import { NONE } from "./calls.ts";

export class Heirs {
  /** The record a call is in now, by the serial number of the one it began in, and the reverse. */
  private readonly heirs = new Map<number, number>();
  private readonly origins = new Map<number, number>();

  /** A call goes on in another record; it may have done so before. */
  move(serial: number, call: number, to: number): void {
    const origin = this.origins.get(call) ?? serial;
    this.origins.delete(call);
    this.origins.set(to, origin);
    this.heirs.set(origin, to);
  }

  /** The record of the call that began in one with this serial number; NONE for most. */
  of(serial: number): number {
    return this.heirs.get(serial) ?? NONE;
  }

  /** A call is over. */
  release(call: number): void {
    const origin = this.origins.get(call);
    if (origin === undefined) return;
    this.origins.delete(call);
    this.heirs.delete(origin);
  }
}
