/** The births of requests of all workloads, in order, without events. */
import type { Duration } from "../../kernel/time.ts";
import type { Arrivals } from "../arrivals/arrivals.ts";
import { NONE } from "../calls.ts";
import type { RequestClass, Workload } from "../workload.ts";
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
  /** When the requests of a chunk are born; before them the last one of the chunk before, after them the next [ns]. */
  private times: Float64Array = new Float64Array(1024);

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
    const { workload } = spring;
    const count = this.decide(spring, until);
    if (count === 0) return;
    const [only, another] = workload.classes;
    if (another === undefined && only!.keys === null) this.bearAlike(only!, count);
    else this.bearMixed(workload, count);
    this.born += count;
  }

  /** When requests are born before an instant; one more is decided on. @returns how many [requests] */
  private decide(spring: Spring, until: Duration): number {
    const { arrivals } = spring;
    let { times } = this;
    let count = 0;
    times[0] = spring.decided;
    times[1] = spring.next;
    while (times[count + 1]! < until) {
      count++;
      if (count + 1 === times.length) times = this.times = grown(times);
      times[count + 1] = arrivals.next(times[count]!);
    }
    spring.next = times[count + 1]!;
    spring.decided = times[count]!;
    return count;
  }

  /** Requests of one class, about nothing in particular. */
  private bearAlike({ meter, number }: RequestClass, count: number): void {
    const { times, requests } = this;
    const leg = this.legs[number]!;
    meter.born(times[1]! >= this.measuredFrom, count);
    for (let k = 1; k <= count; k++)
      leg.pass(times[k]!, times[k - 1]!, requests.open(times[k]!, number, NONE));
  }

  private bearMixed(workload: Workload, count: number): void {
    const { times } = this;
    const measured = times[1]! >= this.measuredFrom;
    for (let k = 1; k <= count; k++) {
      const drawn = workload.classes[workload.drawClass()]!;
      const key = drawn.keys === null ? NONE : drawn.keys.draw();
      drawn.meter.born(measured);
      const { number } = drawn;
      const request = this.requests.open(times[k]!, number, key);
      this.legs[number]!.pass(times[k]!, times[k - 1]!, request);
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
    const { workload } = spring;
    const now = spring.next;
    const drawn = workload.classes[workload.drawClass()]!;
    const key = drawn.keys === null ? NONE : drawn.keys.draw();
    drawn.meter.born(now >= this.measuredFrom);
    const { number } = drawn;
    const request = this.requests.open(now, number, key);
    this.legs[number]!.pass(now, spring.decided, request);
    spring.turn = this.born++;
    spring.decided = now;
    spring.next = spring.arrivals.next(now);
  }
}

function grown(times: Float64Array): Float64Array {
  const more = new Float64Array(times.length * 2);
  more.set(times);
  return more;
}
