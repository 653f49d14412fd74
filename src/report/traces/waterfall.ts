/** An exemplar as a waterfall: its spans in the order of a tree, each below the one that made it. */
import type { ExemplarResult } from "../../experiment/result.ts";
import { duration } from "../units.ts";

export type Span = ExemplarResult["spans"][number];

/** One line of a waterfall. Times in seconds since the request was born. */
export interface Bar {
  /** "web-3", "stock", "stock (try 2)". */
  readonly label: string;
  readonly depth: number;
  readonly from: number;
  /** When its wait for a slot was over; as `from` where there is nothing to wait for. */
  readonly started: number;
  readonly to: number;
  /** How it ended, if not well: "timed-out", "under way" if it had not. */
  readonly trouble: string | null;
}

/** The longest waterfall that people are shown; files have all of it. */
const MOST_BARS = 40;

export function barsOf(exemplar: ExemplarResult): Bar[] {
  const { spans } = exemplar;
  const children = new Map<number | null, number[]>();
  spans.forEach(({ parent }, position) => {
    children.set(parent, [...(children.get(parent) ?? []), position]);
  });
  const bars: Bar[] = [];
  const visit = (position: number, depth: number) => {
    bars.push(barOf(exemplar, spans[position]!, depth));
    for (const child of children.get(position) ?? []) visit(child, depth + 1);
  };
  for (const root of children.get(null) ?? []) visit(root, 0);
  return bars.slice(0, MOST_BARS);
}

function barOf({ bornAt, endedAt }: ExemplarResult, span: Span, depth: number): Bar {
  const { part, instance, attempt, from, startedAt, to, outcome } = span;
  const end = to ?? Math.max(endedAt, from);
  const isWaiting = startedAt === null && instance !== null && outcome !== "ok";
  return {
    label: `${instance ?? part}${attempt > 1 ? ` (try ${attempt})` : ""}`,
    depth,
    from: from - bornAt,
    started: (isWaiting ? end : (startedAt ?? from)) - bornAt,
    to: end - bornAt,
    trouble: outcome === "ok" ? null : (outcome ?? "under way"),
  };
}

const kinds = {
  median: "Median",
  p99: "99th percentile",
  slowest: "The slowest",
  failed: "One that failed",
} as const;

/** "99th percentile: checkout, 843 ms". */
export function headingOf(exemplar: ExemplarResult): string {
  const { of, requestClass, bornAt, endedAt, outcome } = exemplar;
  const ended = outcome === "ok" ? "" : `, ${outcome}`;
  return `${kinds[of]}: ${requestClass}, ${duration(endedAt - bornAt)}${ended}`;
}
