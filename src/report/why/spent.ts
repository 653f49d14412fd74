/** Where latency was spent, as far as the parts' own clocks tell: waiting and being served. */
import type { PartResult, Result } from "../../experiment/result.ts";
import { duration, percent } from "../units.ts";

export interface Spent {
  readonly part: string;
  /** Calls for each request. */
  readonly visits: number;
  /** Mean time a request's calls wait in the part's queue, and are served there [s]. */
  readonly waiting: number;
  readonly serving: number;
  /** The 99th percentiles of one call [s]. */
  readonly waitingP99: number | null;
  readonly servingP99: number | null;
}

/** What the numbers are, for readers. */
export const SPENT_ASSUMPTION =
  "Serving includes the calls a part makes and waits for, and calls made side by side overlap, so that rows do not add up.";

/** Of every part with slots that was called, the longest waiting first. */
export function spentIn(result: Result): Spent[] {
  const generated = result.classes.reduce((sum, one) => sum + one.generated, 0);
  return result.parts
    .flatMap((part) => (generated > 0 ? spentAt(part, generated) : []))
    .sort((left, right) => right.waiting - left.waiting || right.serving - left.serving);
}

function spentAt({ name, calls, waitingTime, serviceTime }: PartResult, generated: number) {
  if (!waitingTime || !serviceTime || calls.arrived === 0) return [];
  const perRequest = ({ count, mean }: NonNullable<PartResult["waitingTime"]>) =>
    (count * (mean ?? 0)) / generated;
  return [
    {
      part: name,
      visits: calls.arrived / generated,
      waiting: perRequest(waitingTime),
      serving: perRequest(serviceTime),
      waitingP99: waitingTime.p99,
      servingP99: serviceTime.p99,
    },
  ];
}

/** Where a request waits on average, and where the slowest calls do. */
export function spentSentences(result: Result, spent: readonly Spent[]): string[] {
  const { p50, p99 } = result.total.latency;
  const takes = `A request takes ${duration(p50)} in the median and ${duration(p99)} at the 99th percentile`;
  const all = spent.reduce((sum, { waiting }) => sum + waiting, 0);
  const [most] = spent;
  if (!most || all === 0) return [`${takes}; no call waits.`];
  const slowest = spent.reduce((high, one) =>
    (one.waitingP99 ?? 0) > (high.waitingP99 ?? 0) ? one : high,
  );
  return [
    `${takes}; ${percent(most.waiting / all)} of its waiting is in ${most.part}'s queue, ${duration(most.waiting)} on average.`,
    `Of the slowest 1 % of calls at each part, those at ${slowest.part} wait longest: ${duration(slowest.waitingP99)} or more.`,
  ];
}
