/** What calls know of the request they serve; whatever is called for it knows it too. */ import type { Duration } from "../kernel/time.ts";

/** Nothing is known. */
const UNKNOWN = -1;

export class Heritage {
  /** The user whose request it is, by call. */
  readonly users: Int32Array;
  /** The work that the request brings [ns at normal speed], by call. */
  readonly work: Float64Array;

  /** @param records that calls may have; what another knows of the first of them stays known. */
  constructor(records: number, known: Heritage | null) {
    this.users = new Int32Array(records);
    this.work = new Float64Array(records);
    const length = known === null ? 0 : known.users.length;
    if (known !== null) {
      this.users.set(known.users);
      this.work.set(known.work);
    }
    this.users.fill(UNKNOWN, length);
    this.work.fill(UNKNOWN, length);
  }

  /** A record is used again. */
  forget(call: number): void {
    this.users[call] = UNKNOWN;
    this.work[call] = UNKNOWN;
  }

  know(call: number, user: number, work: Duration): void {
    this.users[call] = user;
    this.work[call] = work;
  }

  handDown(child: number, parent: number): void {
    this.users[child] = this.users[parent]!;
    this.work[child] = this.work[parent]!;
  }
}
