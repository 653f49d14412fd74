/**
 * Where all requests spent their time, and where the slowest hundredth did, from their traces.
 *
 *     a call      | waits | works | its own call | works |        waits, and works itself
 *
 * What a part waits for is counted where it is done; of calls made side by side each counts.
 */
import type { Duration } from "../kernel/time.ts";
import type { SlowestRecord } from "../model/record.ts";
import type { Span, Trace } from "../model/tracer.ts";

/** Sums over the calls at one part [ns]. */
interface Stay {
  waiting: number;
  working: number;
}

export class Slowest {
  private readonly latency: Duration;
  private readonly all = new Map<string, Stay>();
  private readonly slow = new Map<string, Stay>();
  private requests = 0;
  private slowRequests = 0;

  /** @param latency from which on a request is one of the slowest [ns] */
  constructor(latency: Duration) {
    this.latency = latency;
  }

  /** A measured request has been answered. */
  see(trace: Trace): void {
    const isSlow = trace.endedAt - trace.bornAt >= this.latency;
    this.requests++;
    if (isSlow) this.slowRequests++;
    const own = workedItself(trace);
    trace.spans.forEach((span, position) => {
      const waiting = waited(span, trace.endedAt);
      count(this.all, span.part, waiting, own[position]!);
      if (isSlow) count(this.slow, span.part, waiting, own[position]!);
    });
  }

  record(): SlowestRecord {
    const { latency, requests, slowRequests, all, slow } = this;
    const none = { waiting: 0, working: 0 };
    const parts = [...all].map(([part, stay]) => ({
      part,
      all: stay,
      slow: slow.get(part) ?? none,
    }));
    return { latency, requests, slow: slowRequests, parts };
  }
}

function count(stays: Map<string, Stay>, part: string, waiting: number, working: number): void {
  const stay = stays.get(part) ?? { waiting: 0, working: 0 };
  stay.waiting += waiting;
  stay.working += working;
  stays.set(part, stay);
}

/** Before its first slot [ns]; all its time, if it never got one where there are any. */
function waited({ from, startedAt, to, instance, outcome }: Span, end: Duration): Duration {
  if (startedAt !== null) return startedAt - from;
  return instance !== null && outcome !== 0 ? (to ?? end) - from : 0;
}

/** Of each span: how long it was not waiting, and none of its own calls was out [ns]. */
function workedItself({ spans, endedAt }: Trace): Duration[] {
  const ends = spans.map(({ to, from }) => to ?? Math.max(endedAt, from));
  const work = spans.map((span, at) => ends[at]! - span.from - waited(span, endedAt));
  // Spans stand in the order in which they began, so calls of one maker are met in order too.
  const coveredUntil = spans.map(({ from }) => from);
  spans.forEach(({ parent, from }, at) => {
    if (parent < 0) return;
    const begin = Math.max(from, coveredUntil[parent]!);
    const end = Math.min(ends[at]!, ends[parent]!);
    if (end <= begin) return;
    work[parent]! -= end - begin;
    coveredUntil[parent] = end;
  });
  return work;
}
