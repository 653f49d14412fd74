/**
 * The circuit breakers of one call a part makes: each instance that calls has its own, as each process
 * has. All clients of a workload share one.
 */
import { make } from "../schema/definition.ts";
import type { Duration } from "../kernel/time.ts";
import type { Breaker } from "./breakers/breaker.ts";
import { breakers, type BreakerSpec } from "./breakers/index.ts";
import { NONE, type Calls } from "./calls.ts";
import type { Entry, Journal } from "./journal.ts";
import type { Outcome } from "./outcomes.ts";

/** Who calls whom, for the journal. */
export interface CircuitEnds {
  /** The part, or workload, that calls. */
  readonly caller: string;
  /** The operation it calls, as users write it. */
  readonly callee: string;
  readonly journal: Journal;
  /** Name of an instance of the caller; null where it has none. */
  instanceName(instance: number): string | null;
}

export class Circuit {
  private readonly spec: BreakerSpec;
  private readonly ends: CircuitEnds;
  /** By instance, one place on: callers without instances come first. */
  private readonly breakers: Breaker[] = [];

  constructor(spec: BreakerSpec, ends: CircuitEnds) {
    this.spec = spec;
    this.ends = ends;
  }

  /** Whether a call may be sent now. */
  allows(calls: Calls, call: number, now: Duration): boolean {
    return this.breakerOf(calls, call).allows(now);
  }

  /** A call that was let go has resolved. */
  ended(calls: Calls, call: number, outcome: Outcome, now: Duration): void {
    this.breakerOf(calls, call).ended(outcome, now - calls.sentAt(call), now);
  }

  /** That of the instance that makes the call. */
  private breakerOf(calls: Calls, call: number): Breaker {
    const parent = calls.parent(call);
    const instance = parent === NONE ? NONE : calls.instance(parent);
    return (this.breakers[instance + 1] ??= this.install(instance));
  }

  /** Tries that fail while it is open change nothing for the reader: they are not noted. */
  private install(instance: number): Breaker {
    const { caller, callee, journal, instanceName } = this.ends;
    const where = { plane: "health", part: caller, instance: instanceName(instance) } as const;
    let open: Entry | null = null;
    return make(breakers, this.spec, {
      opened(reason) {
        open = journal.note({ ...where, what: `breaker to ${callee} opened`, reason });
      },
      closed(reason) {
        const entry = journal.note({ ...where, what: `breaker to ${callee} closed`, reason });
        if (open) open.until = entry.at;
      },
    });
  }
}
