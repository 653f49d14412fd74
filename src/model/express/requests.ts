/**
 * Requests in flight on the express path: one record from birth to the last answer.
 *
 *     times  | decided, born, deadline | start, end, place | start, end, place | …
 *              at the source             at station 1        at station 2
 *     ints   | class, late | key |
 *
 * What stands in a record is written in passing and read where somebody asks, so that columns of
 * calls need no more than an instant and the number of the request. Most requests live for a chunk
 * or two, so the records in use stay few and near each other.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Batch } from "./batch.ts";

/** Where requests come from: stage 0, before station 1. */
export const SOURCE = 0;

/** Words of a stage. */
const STAGE = 3;
const START = 0;
const END = 1;
const PLACE = 2;
/** At the source the end is the birth, and there is no place. */
const BORN = END;
const DEADLINE = PLACE;

/** Words of a record that are whole numbers. */
const INTS = 2;
/** The class, and in the lowest bit whether it is late. */
const CLASS = 0;
const KEY = 1;

const FIRST_SIZE = 1024;

export class Requests {
  /** Records that have been in use, and of these the ones that are free, last freed last -- state. */
  private used = 0;
  private free = new Int32Array(FIRST_SIZE);
  private freeCount = 0;
  /** Times in a record: it has room for every stage. */
  private width = STAGE;
  private times = new Float64Array(FIRST_SIZE * STAGE);
  private ints = new Int32Array(FIRST_SIZE * INTS);
  /** How long clients wait, by class [ns]. */
  private readonly patience: number[] = [];
  /** Whether some clients give up -- constant. */
  impatient = false;

  /** Before the first request: so many stations lie on the way. */
  makeRoom(stations: number): void {
    this.width = STAGE * (1 + stations);
    this.times = new Float64Array(FIRST_SIZE * this.width);
  }

  /** Says how long the clients of a class wait [ns]. */
  expect(requestClass: number, patience: Duration): void {
    this.patience[requestClass] = patience;
    if (patience < Infinity) this.impatient = true;
  }

  /** Records in use [requests]. */
  get live(): number {
    return this.used - this.freeCount;
  }

  /** A record for a request that is born; when that was decided is known too [ns]. */
  open(born: Duration, decided: Duration, requestClass: number, key: number): number {
    if (this.freeCount === 0) this.extend(1);
    const request = this.free[--this.freeCount]!;
    const t = request * this.width;
    this.times[t + START] = decided;
    this.times[t + BORN] = born;
    this.times[t + DEADLINE] = born + this.patience[requestClass]!;
    const i = request * INTS;
    this.ints[i + CLASS] = requestClass << 1;
    this.ints[i + KEY] = key;
    return request;
  }

  /** The same for so many of one class, each of which is decided on at the birth of the last one. */
  openAll(births: Batch, decided: Duration, requestClass: number, key: number): void {
    const { count, times: born, requests } = births;
    if (this.freeCount < count) this.extend(count - this.freeCount);
    const { times, ints, free, width } = this;
    const patience = this.patience[requestClass]!;
    let { freeCount } = this;
    let before = decided;
    for (let k = 0; k < count; k++) {
      const request = free[--freeCount]!;
      const time = born[k]!;
      const t = request * width;
      times[t + START] = before;
      times[t + BORN] = time;
      times[t + DEADLINE] = time + patience;
      const i = request * INTS;
      ints[i + CLASS] = requestClass << 1;
      ints[i + KEY] = key;
      requests[k] = request;
      before = time;
    }
    this.freeCount = freeCount;
  }

  close(request: number): void {
    this.free[this.freeCount] = request;
    this.freeCount = (this.freeCount + 1) | 0;
  }

  bornAt(request: number): Duration {
    return this.times[request * this.width + BORN]!;
  }

  /** Notes when it gets its slot at a station and when it leaves [ns], and its place there. */
  visit(request: number, station: number, start: Duration, end: Duration, place: number): void {
    const t = request * this.width + station * STAGE;
    this.times[t + START] = start;
    this.times[t + END] = end;
    this.times[t + PLACE] = place;
  }

  /** When it got its slot at a station, or when its birth was decided on [ns]. */
  startedAt(request: number, stage: number): Duration {
    return this.times[request * this.width + stage * STAGE + START]!;
  }

  /** When it leaves a station, or was born [ns]. */
  leftAt(request: number, stage: number): Duration {
    return this.times[request * this.width + stage * STAGE + END]!;
  }

  /** At a station: twice its instance, and 1 more if it may have waited. */
  placeAt(request: number, station: number): number {
    return this.times[request * this.width + station * STAGE + PLACE]!;
  }

  requestClass(request: number): number {
    return this.ints[request * INTS + CLASS]! >> 1;
  }

  key(request: number): number {
    return this.ints[request * INTS + KEY]!;
  }

  /** Whether its client has given up by an instant, and that has not been seen before. */
  isGivenUp(request: number, time: Duration): boolean {
    return time >= this.times[request * this.width + DEADLINE]!;
  }

  /** Whether its client gives up before the answer. */
  isLate(request: number): boolean {
    return (this.ints[request * INTS + CLASS]! & 1) === 1;
  }

  /** Its client will give up at the deadline, which is answered. */
  becomeLate(request: number): Duration {
    const t = request * this.width + DEADLINE;
    const deadline = this.times[t]!;
    this.times[t] = Infinity;
    this.ints[request * INTS + CLASS]! |= 1;
    return deadline;
  }

  /** Makes at least so many new records. */
  private extend(wanted: number): void {
    const { times, ints, free, freeCount, used } = this;
    let size = free.length;
    while (size < used + wanted) size *= 2;
    if (size > free.length) {
      (this.times = new Float64Array(size * this.width)).set(times);
      (this.ints = new Int32Array(size * INTS)).set(ints);
      (this.free = new Int32Array(size)).set(free.subarray(0, freeCount));
    }
    // The first of the new ones is taken first.
    for (let k = 0; k < wanted; k++) this.free[freeCount + k] = used + wanted - 1 - k;
    this.freeCount = freeCount + wanted;
    this.used = used + wanted;
  }
}
