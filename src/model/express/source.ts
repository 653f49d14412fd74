/** The births of requests of all workloads, in order, without events. */
import type { Duration } from "../../kernel/time.ts";
import type { Arrivals } from "../arrivals/arrivals.ts";
import { NONE } from "../calls.ts";
import type { RequestClass, Workload } from "../workload.ts";
import { Batch } from "./batch.ts";
import type { Leg } from "./leg.ts";
import type { Requests } from "./requests.ts";

/** One workload at work. */
interface Spring {
  readonly workload: Workload;
  readonly arrivals: Arrivals;
  /** When its next request is born, and when that was decided: at the birth of the last one [ns]. */
  next: Duration;
  decided: Duration;
  /** Its last birth among all births, or its place among the workloads. */
  turn: number;
}

export class Source {
  /** Requests born [requests] -- state. */
  born = 0;
  private readonly springs: Spring[];
  private readonly requests: Requests;
  private readonly measuredFrom: Duration;
  /** Where requests go first, by class. */
  private readonly legs: readonly Leg[];
  /** The requests of a chunk. */
  private readonly births = new Batch();

  constructor(
    workloads: readonly (readonly [Workload, Duration])[],
    legs: readonly Leg[],
    requests: Requests,
    measuredFrom: Duration,
  ) {
    for (const [workload, patience] of workloads)
      for (const { number } of workload.classes) requests.expect(number, patience);
    this.springs = workloads.map(([workload], place) => ({
      workload,
      arrivals: workload.arrivals!,
      next: 0.5,
      decided: -0.5,
      turn: place - workloads.length,
    }));
    this.legs = legs;
    this.requests = requests;
    this.measuredFrom = measuredFrom;
  }

  /** Decides when the first requests are born. */
  open(): void {
    for (const spring of this.springs) spring.next = spring.arrivals.next(0);
  }

  /** Sends off every request that is born before an instant; none of it is after a reading. */
  run(until: Duration): void {
    if (this.springs.length === 1) return this.runAlone(this.springs[0]!, until);
    for (;;) {
      const spring = this.earliest();
      if (spring.next >= until) return;
      this.bear(spring);
    }
  }

  /** The only workload: all instants first, then all requests. */
  private runAlone(spring: Spring, until: Duration): void {
    const { workload, decided } = spring;
    const { births } = this;
    this.decide(spring, until);
    const { count } = births;
    if (count === 0) return;
    const [only, another] = workload.classes;
    if (another === undefined && only!.keys === null) this.bearAlike(only!, decided);
    else this.bearMixed(workload, decided);
    this.born += count;
  }

  /** When requests are born before an instant; one more is decided on. */
  private decide(spring: Spring, until: Duration): void {
    const { arrivals } = spring;
    const { births } = this;
    let { times } = births;
    let { next } = spring;
    let count = 0;
    for (; next < until; next = arrivals.next(next)) {
      if (count === times.length) {
        births.count = count;
        births.reserve(1);
        ({ times } = births);
      }
      times[count++] = next;
    }
    births.count = count;
    if (count > 0) spring.decided = times[count - 1]!;
    spring.next = next;
  }

  /** Requests of one class, about nothing in particular. */
  private bearAlike({ meter, number }: RequestClass, decided: Duration): void {
    const { births, requests, measuredFrom } = this;
    meter.born(births.times[0]! >= measuredFrom, births.count);
    requests.openAll(births, decided, number, NONE);
    this.legs[number]!.passAll(births);
  }

  private bearMixed(workload: Workload, decided: Duration): void {
    const { count, times } = this.births;
    const measured = times[0]! >= this.measuredFrom;
    let before = decided;
    for (let k = 0; k < count; k++) {
      const time = times[k]!;
      this.send(workload, time, before, measured);
      before = time;
    }
  }

  /** Of workloads with births at the same instant, the one whose last birth was first. */
  private earliest(): Spring {
    const { springs } = this;
    let first = springs[0]!;
    for (let index = 1; index < springs.length; index++) {
      const spring = springs[index]!;
      const later = spring.next - first.next;
      if (later < 0 || (later === 0 && spring.turn < first.turn)) first = spring;
    }
    return first;
  }

  private bear(spring: Spring): void {
    const now = spring.next;
    this.send(spring.workload, now, spring.decided, now >= this.measuredFrom);
    spring.turn = this.born++;
    spring.decided = now;
    spring.next = spring.arrivals.next(now);
  }

  /** A request of some class of a workload. */
  private send(workload: Workload, now: Duration, decided: Duration, measured: boolean): void {
    const { keys, meter, number } = workload.classes[workload.drawClass()]!;
    const key = keys === null ? NONE : keys.draw();
    meter.born(measured);
    this.legs[number]!.pass(now, this.requests.open(now, decided, number, key));
  }
}
