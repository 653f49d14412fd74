/** The births of requests of all workloads, in order, without events. */
import type { Duration } from "../../kernel/time.ts";
import type { Arrivals } from "../arrivals/arrivals.ts";
import { NONE } from "../calls.ts";
import type { Workload } from "../workload.ts";
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

  /** Sends off every request that is born before an instant. */
  run(until: Duration): void {
    for (;;) {
      const spring = this.earliest();
      if (spring.next >= until) return;
      this.bear(spring);
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
