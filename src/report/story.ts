/** What happened, in the few facts a review meeting retells: the peak, the worst minute, what was lost and found. */
import type { EventResult, Result } from "../experiment/result.ts";
import { timeLabel } from "./clock.ts";
import { compact, count, duration, percent, plural, rate } from "./units.ts";

/** Entries of the timeline within this time of each other may be told as one [s]. */
const TOGETHER = 30;

/** Like events in a row told as one. */
export interface Episode {
  readonly at: number;
  /** When the stretch of time ended; null for an instant. */
  readonly until: number | null;
  readonly plane: EventResult["plane"];
  readonly part: string | null;
  readonly instance: string | null;
  readonly what: string;
  /** The reason of the first of them. */
  readonly reason: string;
  /** How many were told as one. */
  readonly times: number;
  /** For faults: from the fault to the first verdict of a health check on what it hit [s]; null when none followed. */
  readonly detectedAfter: number | null;
}

/** Events of the first replication, by time, with likes told as one. Other replications differ by chance. */
export function timeline(result: Result): Episode[] {
  const events = firstReplication(result);
  const told: { first: EventResult; times: number }[] = [];
  for (const event of events) {
    const like = told.findLast(
      ({ first }) => alike(first, event) && event.at - first.at <= TOGETHER,
    );
    if (like && event.plane !== "scaling") like.times++;
    else told.push({ first: event, times: 1 });
  }
  return told.map(({ first, times }) => ({
    at: first.at,
    until: first.until,
    plane: first.plane,
    part: first.part,
    instance: first.instance,
    what: first.what,
    reason: first.reason,
    times,
    detectedAfter: first.plane === "fate" ? detection(first, events) : null,
  }));
}

export function firstReplication(result: Result): EventResult[] {
  return result.events
    .filter((event) => event.replication === 0)
    .sort((left, right) => left.at - right.at);
}

/** "crash · web-3" of one, "marked down · web-3 by edge" of a verdict, "marked down · edge ×8" of several. */
export function episodeName({ what, plane, part, instance, times }: Episode): string {
  const whom = times === 1 ? (instance ?? part) : part;
  const isOthers = plane === "health" && times === 1 && instance !== null;
  const judge = isOthers && !instance.startsWith(`${part}-`) ? ` by ${part}` : "";
  return `${what}${whom === null ? "" : ` · ${whom}`}${judge}${times > 1 ? ` ×${times}` : ""}`;
}

/** The window with the most arrivals: when, and how many each second. */
export function peakTraffic(result: Result): { at: number; perSecond: number } | null {
  const arrivals = result.windows.classes["all"]?.arrivals ?? [];
  const position = highest(arrivals);
  return position < 0
    ? null
    : { at: result.windows.start[position]!, perSecond: arrivals[position]! };
}

/** The minute in which the largest share of requests failed or, when none did, the slowest one. */
export function worstMinute(result: Result): string | null {
  const all = result.windows.classes["all"];
  if (!all) return null;
  const { start, length } = result.windows;
  const clock = (position: number) => timeLabel(result.run.clock, start[position]!);
  const span = Math.max(1, Math.round(60 / length));
  const minutes = Array.from({ length: Math.ceil(start.length / span) }, (_, minute) => {
    const from = minute * span;
    const failed = Object.values(all.failed).map((rates) => total(rates, from, span));
    const failures = failed.reduce((sum, rates) => sum + rates, 0);
    const arrivals = total(all.arrivals, from, span);
    return { from, arrivals, failures, share: arrivals > 0 ? failures / arrivals : 0 };
  });
  const worst = minutes[highest(minutes.map(({ share }) => share))];
  const stretch = span === 1 && length !== 60 ? duration(length) : duration(span * length);
  if (worst && worst.failures > 0) {
    const slow = highest(all.p99.slice(worst.from, worst.from + span));
    const tail = slow < 0 ? "" : `, p99 up to ${duration(all.p99[worst.from + slow]!)}`;
    return `${clock(worst.from)}, ${stretch}: ${percent(Math.min(1, worst.share))} of ${rate(
      worst.arrivals / Math.min(span, start.length - worst.from),
    )} failed${tail}`;
  }
  const slowest = highest(all.p99);
  if (slowest < 0) return null;
  return `${clock(slowest)}: p99 ${duration(all.p99[slowest]!)}, nothing failed`;
}

/** "1,200,000 requests of flood, scraper, 12.0 % of them answered; no total counts them"; null without one. */
export function attack({ classes }: Result): string | null {
  const attacks = classes.filter((one) => one.attack);
  if (attacks.length === 0) return null;
  const [generated, succeeded, inFlight] = attacks.reduce(
    ([all, good, open], one) => [all + one.generated, good + one.succeeded, open + one.inFlight],
    [0, 0, 0] as [number, number, number],
  );
  const names = attacks.map(({ name }) => name).join(", ");
  const ended = generated - inFlight;
  const answered = percent(ended > 0 ? succeeded / ended : null);
  return `${plural(generated, "request")} of ${names}, ${answered} of them answered; no total counts them`;
}

/** What gave way first, and when; the caller adds the full stop. */
export function brokeFirst(result: Result): string {
  if (!result.bottleneck) return "Nothing ran out of slots, refused or lost a call";
  const { at, sentence } = result.bottleneck;
  return `${timeLabel(result.run.clock, at)}: ${sentence.replace(/\.$/, "")}`;
}

/** What to call it: where nothing broke, the part that came closest is named all the same. */
export function brokeFirstLabel({ bottleneck }: Result): string {
  return bottleneck?.evidence === "came-closest" ? "came closest" : "broke first";
}

/** "45,210,332 generated = 45,100,000 succeeded + 110,000 failed + 332 in flight" and the same of calls. */
export function conservation(result: Result): string {
  const { generated, succeeded, failed, inFlight, calls } = result.conservation;
  const requests = `${count(generated)} requests = ${count(succeeded)} succeeded + ${count(failed)} failed + ${count(inFlight)} in flight`;
  return `${requests}; ${count(calls.arrived)} calls = ${count(calls.resolved)} resolved + ${count(calls.inFlight)} in flight`;
}

/** How many requests stand behind the numbers: "45.2M requests over 10 replications". */
export function weight(result: Result): string {
  const { replications, duration: length } = result.run;
  return `${compact(result.conservation.generated)} requests in ${plural(replications, "replication")} of ${duration(length)}`;
}

/** Position of the highest value; -1 when there is none. */
export function highest(values: readonly (number | null)[]): number {
  let best = -1;
  values.forEach((value, position) => {
    if (value !== null && (best < 0 || value > values[best]!)) best = position;
  });
  return best;
}

function alike(left: EventResult, right: EventResult): boolean {
  return (
    left.plane === right.plane &&
    left.part === right.part &&
    left.what === right.what &&
    left.until === right.until
  );
}

function detection(fault: EventResult, events: readonly EventResult[]): number | null {
  const verdict = events.find(
    (event) =>
      event.plane === "health" &&
      event.at >= fault.at &&
      event.at <= (fault.until ?? Infinity) + TOGETHER &&
      concerns(event, fault),
  );
  return verdict ? verdict.at - fault.at : null;
}

/** A verdict names the instance it is about; a fault of a whole part or zone names none. */
function concerns(verdict: EventResult, fault: EventResult): boolean {
  if (fault.instance !== null) return verdict.instance === fault.instance;
  if (fault.part === null) return true;
  return verdict.part === fault.part || (verdict.instance?.startsWith(`${fault.part}-`) ?? false);
}

function total(values: readonly (number | null)[], from: number, span: number): number {
  return values.slice(from, from + span).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
