/**
 * Every call in flight, as records of 128 bytes in one buffer.
 *
 *      0        64  bytes                                                      128
 *      | born sent arrived started timeout event work slot | part operation … |
 *      '------------------- 8 doubles ----------------------'---- 16 int32 ----'
 *
 * A call is a small whole number, its record's position; a freed record goes on a free list and is
 * used again, so a steady run allocates nothing. One record per call, not one array per field: two
 * cache lines instead of twelve once a hundred thousand calls are in flight.
 */
import { assert } from "../kernel/assert.ts";
import { LimitReached } from "../kernel/limit.ts";
import type { Duration } from "../kernel/time.ts";
import { GROWTH } from "../kernel/eventRecords.ts";
import { Heritage } from "./heritage.ts";
import { NO_EVENT } from "../kernel/kernel.ts";
import type { Census } from "./parties.ts";

/** No call: the end of a list, or nobody's child. */
export const NONE = -1;

/** The caller has its outcome and has gone; what the callee still does is wasted. */
export const ABANDONED = 1;
/** The part's own router chose the instance and counts the call as in flight there. */
export const ROUTED = 2;
/** The call occupies a slot of its instance. */
export const IN_SLOT = 4;
/** Its instance died: whatever comes back to it changes nothing. */
export const DEAD = 8;
/** A retry that waits for its back-off to end; it has not been sent. */
export const BACKING_OFF = 16;
/** Dead, and resolved: the last of the calls it made frees the record. */
export const BURIED = 32;
/** It has had a slot before: what it waits for now is another turn. */
export const STARTED = 64;
/** The record is in use. */
const LIVE = 128;
/** The guards at the part's door have let it in and wait to hear how it ended. */
export const ADMITTED = 256;
/** It waits at the part's door, or is on a link: what happens to its instance does not touch it. */
export const UNDERWAY = 512;
/** It, or its answer, was lost on a link: the record ends when its caller gives up. */
export const ASTRAY = 1024;
/** Its caller may call it off, or take it out of a queue: the calls made for it are remembered. */
export const RECALLABLE = 2048;
/** It is remembered as out for somebody who may call it off. */
export const KEPT = 4096;
/** A copy of a call that stands for the request in the counts. */
export const COPY = 8192;
/** Nobody wants it: it ends with the step it is at. */
export const UNWANTED = 16384;
/** Not sent, like one that backs off: it waits at its caller for a connection. */
export const UNCONNECTED = 32768;

const DOUBLES = 16;
const INTS = 32;

const BORN_AT = 0;
const SENT_AT = 1;
const ARRIVED_AT = 2;
const STARTED_AT = 3;
const TIMEOUT = 4;
const EVENT = 5;
const WORK = 6;
const SLOT_TIME = 7;

const PART = 16;
const OPERATION = 17;
const REQUEST_CLASS = 18;
const KEY = 19;
const CALLER = 20;
const PARENT = 21;
const ATTEMPT = 22;
const POLICY = 23;
const INSTANCE = 24;
const NEXT = 25;
const STEP = 26;
const OUTSTANDING = 27;
const PENDING = 28;
const STATE = 29;
const NUMBER = 30;
const PREVIOUS = 31;

/** The int32 of the attempt holds the part passed through as well, plus one, in its upper bits. */
const VIA_SHIFT = 8;
const MOST_ATTEMPTS = (1 << VIA_SHIFT) - 1;

export class Calls {
  private doubles: Float64Array;
  private ints: Int32Array;
  /** What is known of their requests, once anything is. */
  private heritage: Heritage | null = null;
  private free = NONE;
  private used = 0;
  /** Calls made so far; wraps around at 2^32 [calls]. */
  private made = 0;
  /** Records in use [calls]. */
  live = 0;
  /** The most records that may be in use [calls] -- constant. */
  most = 2 ** 23;

  constructor(capacity = 1024) {
    const buffer = new ArrayBuffer(capacity * DOUBLES * 8);
    this.doubles = new Float64Array(buffer);
    this.ints = new Int32Array(buffer);
  }

  /** A fresh record; every field but those of the arguments is at its start value. */
  open(part: number, operation: number, requestClass: number, key: number): number {
    let call = this.free;
    if (call === NONE) call = this.extend();
    else this.free = this.ints[call * INTS + NEXT]!;
    this.live = (this.live + 1) | 0;
    const { doubles, ints } = this;
    const d = call * DOUBLES;
    doubles[d + TIMEOUT] = NO_EVENT;
    doubles[d + EVENT] = NO_EVENT;
    doubles[d + SLOT_TIME] = 0;
    const i = call * INTS;
    ints[i + PART] = part;
    ints[i + OPERATION] = operation;
    ints[i + REQUEST_CLASS] = requestClass;
    ints[i + KEY] = key;
    ints[i + ATTEMPT] = 1;
    ints[i + POLICY] = 0;
    ints[i + INSTANCE] = NONE;
    ints[i + STEP] = 0;
    ints[i + OUTSTANDING] = 0;
    ints[i + PENDING] = 0;
    ints[i + STATE] = LIVE;
    ints[i + NUMBER] = this.made = (this.made + 1) | 0;
    if (this.heritage !== null) this.heritage.forget(call);
    return call;
  }

  /** Gives the record back. */
  close(call: number): void {
    const i = call * INTS;
    assert(this.ints[i + STATE]! & LIVE, "a call record is freed once");
    this.ints[i + STATE] = 0;
    this.ints[i + NEXT] = this.free;
    this.free = call;
    this.live = (this.live - 1) | 0;
  }

  /** Every record in use, for the rare acts that must find all calls of something. */
  *each(): Generator<number> {
    for (let call = 0; call < this.used; call++) {
      if (this.ints[call * INTS + STATE]! & LIVE) yield call;
    }
  }

  /** Counts what is in flight from the records alone: requests, and calls by part. */
  census(parts: number): Census {
    const calls = new Float64Array(parts);
    let requests = 0;
    for (let i = 0; i < this.used * INTS; i += INTS) {
      const state = this.ints[i + STATE]!;
      if (!(state & LIVE)) continue;
      const call = i / INTS;
      const passedOn = this.via(call) !== NONE;
      // Whoever passed it on waits for it, even if the caller has gone.
      if (passedOn) calls[this.part(call)]!++;
      if (state & ABANDONED) continue;
      if (this.isRequest(call) && !(state & COPY)) requests++;
      if (!(state & BACKING_OFF)) calls[passedOn ? this.via(call) : this.part(call)]!++;
    }
    return { requests, calls };
  }

  /** Whether it is an attempt of a request; a probe is nobody's, and so of no class. */
  private isRequest(call: number): boolean {
    return this.parent(call) === NONE && this.requestClass(call) !== NONE;
  }

  /** Tells one use of a record from another. */
  serial(call: number): number {
    return this.ints[call * INTS + NUMBER]!;
  }
  /** Whether a record is still used for the call that had this serial number. */
  is(call: number, serial: number): boolean {
    const i = call * INTS;
    return this.ints[i + NUMBER] === serial && (this.ints[i + STATE]! & LIVE) !== 0;
  }

  /** Above 0 if one call was made after the other. Records are used again, so they cannot tell. */
  order(one: number, other: number): number {
    return (this.ints[one * INTS + NUMBER]! - this.ints[other * INTS + NUMBER]!) | 0;
  }

  /** When the request, or the step that wants this call, was born [ns]; kept over attempts. */
  bornAt(call: number): Duration {
    return this.doubles[call * DOUBLES + BORN_AT]!;
  }
  setBornAt(call: number, time: Duration): void {
    this.doubles[call * DOUBLES + BORN_AT] = time;
  }
  /** When this attempt was sent [ns]. */
  sentAt(call: number): Duration {
    return this.doubles[call * DOUBLES + SENT_AT]!;
  }
  setSentAt(call: number, time: Duration): void {
    this.doubles[call * DOUBLES + SENT_AT] = time;
  }
  /** When it came to its instance, or back to the queue for another turn [ns]. */
  arrivedAt(call: number): Duration {
    return this.doubles[call * DOUBLES + ARRIVED_AT]!;
  }
  setArrivedAt(call: number, time: Duration): void {
    this.doubles[call * DOUBLES + ARRIVED_AT] = time;
  }
  /** When it got its slot [ns]. */
  startedAt(call: number): Duration {
    return this.doubles[call * DOUBLES + STARTED_AT]!;
  }
  setStartedAt(call: number, time: Duration): void {
    this.doubles[call * DOUBLES + STARTED_AT] = time;
  }
  /** Handle of the caller's timer. */
  timeout(call: number): number {
    return this.doubles[call * DOUBLES + TIMEOUT]!;
  }
  setTimeout(call: number, handle: number): void {
    this.doubles[call * DOUBLES + TIMEOUT] = handle;
  }
  /** Handle of the event that ends the work in progress. */
  event(call: number): number {
    return this.doubles[call * DOUBLES + EVENT]!;
  }
  setEvent(call: number, handle: number): void {
    this.doubles[call * DOUBLES + EVENT] = handle;
  }
  /** Work drawn for the step it is at [ns at normal speed]; while in progress, when it ends [ns]. */
  work(call: number): Duration {
    return this.doubles[call * DOUBLES + WORK]!;
  }
  setWork(call: number, work: Duration): void {
    this.doubles[call * DOUBLES + WORK] = work;
  }
  /** Slot-time it has had [slot ns], less the instant it took the slot while it is in one. */
  slotTime(call: number): Duration {
    return this.doubles[call * DOUBLES + SLOT_TIME]!;
  }
  addSlotTime(call: number, time: Duration): void {
    this.doubles[call * DOUBLES + SLOT_TIME]! += time;
  }

  part(call: number): number {
    return this.ints[call * INTS + PART]!;
  }
  operation(call: number): number {
    return this.ints[call * INTS + OPERATION]!;
  }
  setOperation(call: number, operation: number): void {
    this.ints[call * INTS + OPERATION] = operation;
  }
  /** Class of the request it serves; NONE for a probe, and what is called for it. */
  requestClass(call: number): number {
    return this.ints[call * INTS + REQUEST_CLASS]!;
  }
  /** Which item it is about; NONE when it is about none. */
  key(call: number): number {
    return this.ints[call * INTS + KEY]!;
  }
  /** Who made it, and which of the caller's own calls it serves (NONE for a request). */
  caller(call: number): number {
    return this.ints[call * INTS + CALLER]!;
  }
  parent(call: number): number {
    return this.ints[call * INTS + PARENT]!;
  }
  setCaller(call: number, caller: number, parent: number): void {
    this.ints[call * INTS + CALLER] = caller;
    this.ints[call * INTS + PARENT] = parent;
  }
  /** The user whose request it serves; NONE where users have no names. */
  source(call: number): number {
    return this.heritage === null ? NONE : this.heritage.users[call]!;
  }
  /** The work that the request it serves brings [ns at normal speed]; NONE where it does not tell. */
  workBrought(call: number): Duration {
    return this.heritage === null ? NONE : this.heritage.work[call]!;
  }
  /** A request has a user, or brings work [ns]. */
  setOrigin(call: number, user: number, work: Duration): void {
    (this.heritage ??= new Heritage(this.ints.length / INTS, null)).know(call, user, work);
  }
  /** A call is made for another one: it serves the same request. */
  inherit(child: number, parent: number): void {
    if (this.heritage !== null) this.heritage.handDown(child, parent);
  }
  /** The next attempt of a call has its place: the same birth, caller, parent, user and policy. */
  follow(next: number, call: number): void {
    this.setBornAt(next, this.bornAt(call));
    this.setCaller(next, this.caller(call), this.parent(call));
    this.setPolicy(next, this.policy(call));
    this.inherit(next, call);
  }
  /** 1 for the first try, at most 255. */
  attempt(call: number): number {
    return this.ints[call * INTS + ATTEMPT]! & MOST_ATTEMPTS;
  }
  setAttempt(call: number, attempt: number): void {
    this.ints[call * INTS + ATTEMPT]! += attempt - this.attempt(call);
  }
  /** The part that passed it on to where it is now, and to which it comes back; NONE for none. */
  via(call: number): number {
    return (this.ints[call * INTS + ATTEMPT]! >> VIA_SHIFT) - 1;
  }
  /** A part passes it on to another in this same record. */
  passOn(call: number, part: number): void {
    const i = call * INTS;
    this.ints[i + ATTEMPT]! += (this.ints[i + PART]! + 1) << VIA_SHIFT;
    this.ints[i + PART] = part;
  }
  /** It is back at the part that passed it on, and nothing is left of where it has been. */
  bringBack(call: number): void {
    const i = call * INTS;
    const { ints } = this;
    ints[i + PART] = this.via(call);
    ints[i + ATTEMPT]! &= MOST_ATTEMPTS;
    ints[i + STEP] = 0;
    ints[i + STATE]! &= LIVE | ABANDONED | RECALLABLE | KEPT | COPY;
    this.doubles[call * DOUBLES + SLOT_TIME] = 0;
  }
  policy(call: number): number {
    return this.ints[call * INTS + POLICY]!;
  }
  setPolicy(call: number, policy: number): void {
    this.ints[call * INTS + POLICY] = policy;
  }
  instance(call: number): number {
    return this.ints[call * INTS + INSTANCE]!;
  }
  setInstance(call: number, instance: number): void {
    this.ints[call * INTS + INSTANCE] = instance;
  }
  /** The next call in whichever list it stands. */
  next(call: number): number {
    return this.ints[call * INTS + NEXT]!;
  }
  setNext(call: number, next: number): void {
    this.ints[call * INTS + NEXT] = next;
  }
  /** The call before it in whichever list it stands, or its place in a heap. */
  previous(call: number): number {
    return this.ints[call * INTS + PREVIOUS]!;
  }
  setPrevious(call: number, previous: number): void {
    this.ints[call * INTS + PREVIOUS] = previous;
  }
  /** Position in its operation's steps. */
  step(call: number): number {
    return this.ints[call * INTS + STEP]!;
  }
  setStep(call: number, step: number): void {
    this.ints[call * INTS + STEP] = step;
  }
  /** Calls it has made and not had back. */
  outstanding(call: number): number {
    return this.ints[call * INTS + OUTSTANDING]!;
  }
  setOutstanding(call: number, count: number): void {
    this.ints[call * INTS + OUTSTANDING] = count;
  }
  /** The outcome its step is heading for while calls are still out: OK until one fails. */
  pending(call: number): number {
    return this.ints[call * INTS + PENDING]!;
  }
  setPending(call: number, outcome: number): void {
    this.ints[call * INTS + PENDING] = outcome;
  }
  isUnwanted(call: number): boolean {
    return (this.ints[call * INTS + STATE]! & UNWANTED) !== 0;
  }
  has(call: number, bit: number): boolean {
    return (this.ints[call * INTS + STATE]! & bit) !== 0;
  }
  raise(call: number, bit: number): void {
    this.ints[call * INTS + STATE]! |= bit;
  }
  lower(call: number, bit: number): void {
    this.ints[call * INTS + STATE]! &= ~bit;
  }

  private extend(): number {
    if (this.used === this.most) throw new LimitReached(`${this.most} calls in flight`);
    if (this.used * DOUBLES === this.doubles.length) {
      const records = Math.min(this.used * GROWTH, this.most);
      const buffer = new ArrayBuffer(records * DOUBLES * 8);
      const doubles = new Float64Array(buffer);
      doubles.set(this.doubles);
      this.doubles = doubles;
      this.ints = new Int32Array(buffer);
      if (this.heritage !== null) this.heritage = new Heritage(records, this.heritage);
    }
    return this.used++;
  }
}
