/**
 * Exemplars as a Chrome trace, which Perfetto and chrome://tracing open: a process for each request, a
 * track for each depth at which no two spans overlap. Times in microseconds.
 *
 * Source: "Trace Event Format", the Chromium project, complete ("X") and metadata ("M") events.
 */
import type { ExemplarResult, Result } from "../../experiment/result.ts";
import { headingOf, type Span } from "./waterfall.ts";

export function chromeTrace({ title, exemplars }: Result): string {
  const traceEvents = exemplars.flatMap((exemplar, at) => eventsOf(exemplar, at + 1));
  const document = { displayTimeUnit: "ms", otherData: { title }, traceEvents };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function eventsOf(exemplar: ExemplarResult, pid: number): object[] {
  const { spans, endedAt } = exemplar;
  const tracks: number[] = [];
  const trackOf = ({ from, to }: Span): number => {
    const free = tracks.findIndex((until) => until <= from);
    const track = free === -1 ? tracks.length : free;
    tracks[track] = to ?? Math.max(endedAt, from);
    return track + 1;
  };
  return [
    { ph: "M", pid, tid: 0, name: "process_name", args: { name: headingOf(exemplar) } },
    ...spans.map((span) => ({
      ph: "X",
      pid,
      tid: trackOf(span),
      name: span.instance ?? span.part,
      cat: span.part,
      ts: micros(span.from),
      dur: micros((span.to ?? Math.max(endedAt, span.from)) - span.from),
      args: {
        part: span.part,
        attempt: span.attempt,
        outcome: span.outcome ?? "under way",
        ...(span.startedAt !== null && { waited_us: micros(span.startedAt - span.from) }),
      },
    })),
  ];
}

function micros(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e3;
}
