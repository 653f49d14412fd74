/**
 * Requests in flight on the express path: one record from birth to the last answer.
 *
 *     doubles   | born | slot time | start at station 0 | … at station 1 | …
 *     ints      | class, late | key, or the next free record |
 *
 * Most requests live for a chunk or two, so the records in use stay few and near each other.
 */
import type { Duration } from "../../kernel/time.ts";

/** Words of a record that are whole numbers. */
export const INTS = 2;
/** The class, and in the lowest bit whether it is late. */
const CLASS = 0;
const KEY = 1;
const NEXT_FREE = 1;

/** Words of a record that are times. */
const BORN = 0;
const SLOT_TIME = 1;
const STARTS = 2;

const NO_RECORD = -1;

export class Requests {
  /** Records in use [requests] -- state. */
  live = 0;
  private used = 0;
  private free = NO_RECORD;
  /** Times in a record: it has room for a start at every station. */
  private width = STARTS;
  private doubles = new Float64Array(1024 * STARTS);
  private ints = new Int32Array(1024 * INTS);
  /** How long clients wait, by class [ns]. */
  private readonly patience: number[] = [];
  /** Whether some clients give up -- constant. */
  impatient = false;

  /** Before the first request: so many stations want to know of starts. */
  makeRoom(stations: number): void {
    this.width = STARTS + stations;
    this.doubles = new Float64Array(1024 * this.width);
  }

  /** Says how long the clients of a class wait [ns]. */
  expect(requestClass: number, patience: Duration): void {
    this.patience[requestClass] = patience;
    if (patience < Infinity) this.impatient = true;
  }

  /** A record for a request that is born. */
  open(born: Duration, requestClass: number, key: number): number {
    let request = this.free;
    if (request === NO_RECORD) request = this.extend();
    else this.free = this.ints[request * INTS + NEXT_FREE]!;
    this.doubles[request * this.width + BORN] = born;
    const i = request * INTS;
    this.ints[i + CLASS] = requestClass << 1;
    this.ints[i + KEY] = key;
    this.live = (this.live + 1) | 0;
    return request;
  }

  close(request: number): void {
    this.ints[request * INTS + NEXT_FREE] = this.free;
    this.free = request;
    this.live = (this.live - 1) | 0;
  }

  bornAt(request: number): Duration {
    return this.doubles[request * this.width + BORN]!;
  }

  /** Whether its client has given up by an instant, and that has not been seen before. */
  isGivenUp(request: number, time: Duration): boolean {
    const word = this.ints[request * INTS + CLASS]!;
    return (word & 1) === 0 && time >= this.deadline(request, word >> 1);
  }

  /** When it got its slot at a station [ns]. */
  startedAt(request: number, station: number): Duration {
    return this.doubles[request * this.width + STARTS + station]!;
  }
  setStartedAt(request: number, station: number, time: Duration): void {
    this.doubles[request * this.width + STARTS + station] = time;
  }

  /** Slot-time at the first station [slot ns]: wasted if its client has gone by the end. */
  slotTime(request: number): Duration {
    return this.doubles[request * this.width + SLOT_TIME]!;
  }
  setSlotTime(request: number, time: Duration): void {
    this.doubles[request * this.width + SLOT_TIME] = time;
  }

  requestClass(request: number): number {
    return this.ints[request * INTS + CLASS]! >> 1;
  }

  key(request: number): number {
    return this.ints[request * INTS + KEY]!;
  }

  /** Whether its client gives up before the answer. */
  isLate(request: number): boolean {
    return (this.ints[request * INTS + CLASS]! & 1) === 1;
  }

  /** Its client will give up at the deadline, which is answered. */
  becomeLate(request: number): Duration {
    const deadline = this.deadline(request, this.requestClass(request));
    this.ints[request * INTS + CLASS]! |= 1;
    return deadline;
  }

  private deadline(request: number, requestClass: number): Duration {
    return this.doubles[request * this.width + BORN]! + this.patience[requestClass]!;
  }

  private extend(): number {
    if (this.used * INTS === this.ints.length) {
      const { doubles, ints } = this;
      this.doubles = new Float64Array(doubles.length * 2);
      this.doubles.set(doubles);
      this.ints = new Int32Array(ints.length * 2);
      this.ints.set(ints);
    }
    return this.used++;
  }
}
