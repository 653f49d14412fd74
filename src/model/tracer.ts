/**
 * Follows every request of a run as a trace: one span for each attempt of each call, and within it
 * one for each part that passes it on.
 *
 *     request          |---------------------------------|
 *       edge           |---------------------------------|
 *         web-3        | waits |-------------------------|
 *           stock-1                   | waits |------|
 */
import type { Kernel } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { NONE, STARTED, type Calls } from "./calls.ts";
import type { Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** One stay of a call at a part. */
export interface Span {
  readonly part: string;
  /** The span whose work made the call, or which passed it on, by its position; NONE for none. */
  readonly parent: number;
  readonly attempt: number;
  readonly from: Duration;
  /** When it ended for the caller; null if it never did. */
  to: Duration | null;
  outcome: Outcome | null;
  /** Null where no instance had it. */
  instance: string | null;
  /** When it got its first slot [ns]; null if it never did, and at parts without slots. */
  startedAt: Duration | null;
}

export interface Trace {
  readonly requestClass: number;
  readonly key: number;
  readonly bornAt: Duration;
  endedAt: Duration;
  outcome: Outcome;
  /** In the order in which they began. */
  readonly spans: Span[];
}

/** What a record's call is part of. */
interface Place {
  readonly serial: number;
  readonly trace: Trace;
  /** The span that made the call, by its position. */
  readonly parent: number;
  /** Its spans that have not ended, the innermost last. */
  readonly under: number[];
}

export class Tracer {
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly world: World;
  private readonly nameOf: (part: number) => string;
  private readonly onTrace: (trace: Trace) => void;
  /** By record; what a record was used for before stays until it is used again. */
  private readonly places = new Map<number, Place>();

  /** @param onTrace hears of each request as it ends; work for it may still go on */
  constructor(world: World, nameOf: (part: number) => string, onTrace: (trace: Trace) => void) {
    this.world = world;
    this.kernel = world.kernel;
    this.calls = world.calls;
    this.nameOf = nameOf;
    this.onTrace = onTrace;
  }

  /** An attempt goes to the part it calls. */
  sent(call: number): void {
    const place = this.placeOf(call) ?? this.newPlace(call);
    if (place) this.begin(call, this.calls.part(call), place);
  }

  /** A call has the same place as another: its next attempt, or another copy of it. */
  follows(another: number, call: number): void {
    const place = this.placeOf(call) ?? this.newPlace(call);
    if (place) this.put(another, { ...place, under: [] });
  }

  /** A call goes on in another record. */
  moved(call: number, to: number): void {
    const place = this.placeOf(call);
    if (place) this.put(to, place);
  }

  passedOn(call: number, part: number): void {
    const place = this.placeOf(call);
    if (place) this.begin(call, part, place);
  }

  /** It is about to be back at the part that passed it on. */
  cameBack(call: number, outcome: Outcome): void {
    const place = this.placeOf(call);
    if (place) this.end(call, place, outcome);
  }

  /** It is resolving at its caller, who may try again. */
  concluded(call: number, outcome: Outcome): void {
    const place = this.placeOf(call);
    while (place && place.under.length > 0) this.end(call, place, outcome);
  }

  /** It has ended for good; perhaps it was never sent. */
  over(call: number, outcome: Outcome): void {
    if (this.calls.parent(call) !== NONE) return;
    const place = this.placeOf(call) ?? this.newPlace(call);
    if (!place) return;
    const { trace } = place;
    trace.endedAt = this.kernel.now;
    trace.outcome = outcome;
    this.onTrace(trace);
  }

  private placeOf(call: number): Place | null {
    const place = this.places.get(call);
    return place?.serial === this.calls.serial(call) ? place : null;
  }

  /** A request begins its own trace; a call made for another one belongs to that one's; a probe to none. */
  private newPlace(call: number): Place | null {
    const { calls } = this;
    const parent = calls.parent(call);
    if (parent === NONE) {
      if (calls.requestClass(call) === NONE) return null;
      return this.put(call, { trace: this.begun(call), parent: NONE, under: [] });
    }
    const maker = this.placeOf(parent);
    if (!maker) return null;
    const { trace, under } = maker;
    return this.put(call, { trace, parent: under.at(-1) ?? maker.parent, under: [] });
  }

  private begun(call: number): Trace {
    const { calls } = this;
    const [requestClass, key, bornAt] = [
      calls.requestClass(call),
      calls.key(call),
      calls.bornAt(call),
    ];
    return { requestClass, key, bornAt, endedAt: bornAt, outcome: 0, spans: [] };
  }

  private put(call: number, place: Omit<Place, "serial">): Place {
    const placed = { ...place, serial: this.calls.serial(call) };
    this.places.set(call, placed);
    return placed;
  }

  private begin(call: number, part: number, { trace, parent, under }: Place): void {
    const { calls } = this;
    under.push(trace.spans.length);
    trace.spans.push({
      part: this.nameOf(part),
      parent: under.at(-2) ?? parent,
      attempt: calls.attempt(call),
      from: this.kernel.now,
      to: null,
      outcome: null,
      instance: null,
      startedAt: null,
    });
  }

  /** Ends the innermost span; what the record says of instance and slot is about that one. */
  private end(call: number, { trace, under }: Place, outcome: Outcome): void {
    const { calls } = this;
    const last = under.pop();
    if (last === undefined) return;
    const span = trace.spans[last]!;
    span.to = this.kernel.now;
    span.outcome = outcome;
    const part = calls.part(call);
    if (this.nameOf(part) !== span.part) return;
    const instance = calls.instance(call);
    span.instance = this.world.fleets.get(part)?.instances[instance]?.name ?? null;
    if (calls.has(call, STARTED)) span.startedAt = calls.startedAt(call);
  }
}
