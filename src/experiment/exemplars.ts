/**
 * Requests that stand for many: of median latency, at the 99th percentile, the slowest, and one that
 * failed. What they are is known only when a run is over, so it is run once more and watched.
 */
import { assert } from "../kernel/assert.ts";
import type { Duration } from "../kernel/time.ts";
import { NONE } from "../model/calls.ts";
import { OK, outcomes, type Outcome } from "../model/outcomes.ts";
import { runPlatform, type PlatformSpec } from "../model/platform.ts";
import type { Exemplar, RunRecord } from "../model/record.ts";
import type { Span, Trace } from "../model/tracer.ts";
import { Slowest } from "./slowest.ts";
import { judged } from "./summary/classes.ts";
import { pooled } from "./summary/pooling.ts";

/** Of a request that goes on making calls, so many stays are kept. */
const MOST_SPANS = 500;

/** The run with its exemplars. @param record what it left behind without them */
export function withExemplars(
  spec: PlatformSpec,
  record: RunRecord,
  onProgress?: (share: number) => void,
): RunRecord {
  const choice = new Choice(record, spec.warmUp);
  const onTrace = (trace: Trace) => choice.see(trace);
  const again = runPlatform({ ...spec, engine: "events", onTrace }, onProgress);
  assert(again.fingerprint === record.fingerprint, "a run that is watched is the same run");
  const slowest = choice.slowest?.record();
  return { ...record, exemplars: choice.exemplars(), ...(slowest && { slowest }) };
}

/** What is looked for, and the best that has been seen. */
interface Sought {
  readonly of: Exemplar["of"];
  readonly wanted: Duration | null;
  readonly outcome: Outcome;
  found: Trace | null;
}

class Choice {
  /** Null when nothing was answered. */
  readonly slowest: Slowest | null;
  private readonly sought: readonly Sought[];
  /** Names of the classes, by number. */
  private readonly names: readonly string[];
  /** Numbers of the classes that count. */
  private readonly counted: ReadonlySet<number>;
  private readonly measuredFrom: Duration;

  constructor({ classes }: RunRecord, measuredFrom: Duration) {
    const judgedClasses = judged(classes);
    const latency = pooled(judgedClasses.map((one) => one.latency));
    const answered = (of: Exemplar["of"], wanted: Duration | null): Sought[] =>
      wanted === null ? [] : [{ of, wanted, outcome: OK, found: null }];
    const p99 = latency.quantile(0.99);
    this.slowest = p99 === null ? null : new Slowest(p99);
    const failures = outcomes.map((_, outcome) =>
      judgedClasses.reduce((sum, { measured }) => sum + measured.failed[outcome]!, 0),
    );
    const most = Math.max(...failures);
    this.sought = [
      ...answered("median", latency.quantile(0.5)),
      ...answered("p99", p99),
      ...answered("slowest", latency.max),
      ...(most > 0
        ? [
            {
              of: "failed" as const,
              wanted: null,
              outcome: failures.indexOf(most) as Outcome,
              found: null,
            },
          ]
        : []),
    ];
    this.names = classes.map(({ name }) => name);
    this.counted = new Set(judgedClasses.map((one) => classes.indexOf(one)));
    this.measuredFrom = measuredFrom;
  }

  /** A request has ended: is it nearer to what is sought than any before? */
  see(trace: Trace): void {
    if (trace.bornAt < this.measuredFrom || !this.counted.has(trace.requestClass)) return;
    if (trace.outcome === OK) this.slowest?.see(trace);
    for (const sought of this.sought)
      if (trace.outcome === sought.outcome && isNearer(trace, sought)) sought.found = trace;
  }

  exemplars(): Exemplar[] {
    return this.sought.flatMap(({ of, wanted, found }) =>
      found === null ? [] : [{ of, wanted, ...this.told(found) }],
    );
  }

  private told({ requestClass, key, bornAt, endedAt, outcome, spans }: Trace) {
    return {
      requestClass: this.names[requestClass]!,
      key: key === NONE ? null : key,
      bornAt,
      endedAt,
      outcome: outcomes[outcome]!,
      spans: spans.slice(0, MOST_SPANS).map(toldSpan),
    };
  }
}

function isNearer(trace: Trace, { wanted, found }: Sought): boolean {
  if (found === null) return true;
  if (wanted === null) return false;
  return distance(trace, wanted) < distance(found, wanted);
}

function distance({ bornAt, endedAt }: Trace, wanted: Duration): number {
  return Math.abs(endedAt - bornAt - wanted);
}

function toldSpan({ part, instance, parent, attempt, from, startedAt, to, outcome }: Span) {
  return {
    part,
    instance,
    parent: parent === NONE ? null : parent,
    attempt,
    from,
    startedAt,
    to,
    outcome: outcome === null ? null : outcomes[outcome]!,
  };
}
