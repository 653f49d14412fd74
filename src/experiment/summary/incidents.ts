/**
 * What became of each fault: when users felt it, when the platform noticed, when people were told, and
 * when it was over for users, however long the fault itself lasted.
 */
import { MINUTE, SECOND, type Duration } from "../../kernel/time.ts";
import type { Entry } from "../../model/journal.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { ObjectiveSpec, Scenario } from "../../scenario/language.ts";
import type { Result } from "../result.ts";
import type { Firing } from "./alerting.ts";
import { judged } from "./classes.ts";
import { holdsIn } from "./holds.ts";
import { sum } from "./pooling.ts";

/** Users are well again when every promise was kept for so long. */
const CALM: Duration = MINUTE;
/** The promise of a platform that makes none. */
const USUAL: ObjectiveSpec = { availability: 0.999 };
/** Faults told of one replication: more nobody reads. */
const MOST = 200;

type Incident = Result["incidents"][number];

/** A fault, or several of a kind that strike the same part at the same instant. */
export interface Fault {
  readonly at: Duration;
  readonly until: Duration | null;
  readonly what: string;
  readonly part: string | null;
  readonly instances: readonly string[];
}

/** The measured windows of one run: whether every promise was kept in them, and what failed. */
export interface Course {
  readonly starts: readonly Duration[];
  readonly end: Duration;
  /** Null without traffic. */
  readonly kept: readonly (boolean | null)[];
  readonly failed: readonly number[];
}

export function courseOf(scenario: Scenario, record: RunRecord): Course {
  const first = Math.ceil(scenario.run["warm-up"] / scenario.window);
  const promises = scenario.objectives.length > 0 ? scenario.objectives : [USUAL];
  const snapshots = record.parts[0]!.snapshots;
  const places = snapshots.slice(0, -1).map((_, place) => place);
  const measured = places.slice(first);
  return {
    starts: measured.map((place) => snapshots[place]!.at),
    end: snapshots.at(-1)!.at,
    kept: measured.map((place) => {
      const verdicts = promises.map((promise) =>
        holdsIn(
          promise,
          judged(record.classes, promise.of).map(({ windows }) => windows[place]!),
        ),
      );
      if (verdicts.includes(false)) return false;
      return verdicts.includes(true) ? true : null;
    }),
    failed: measured.map((place) =>
      sum(judged(record.classes), ({ windows }) =>
        sum([...windows[place]!.failed], (count) => count),
      ),
    ),
  };
}

export function incidentsOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  firings: readonly Firing[],
): Incident[] {
  const pools = Object.keys(scenario.nodes);
  return records.flatMap((record, replication) => {
    const own = firings.filter((firing) => firing.replication === replication);
    const faults = faultsOf(record.journal);
    if (faults.length === 0) return [];
    const course = courseOf(scenario, record);
    return faults.slice(0, MOST).map((fault, place) =>
      incident(fault, {
        next: faults.find(({ at }, other) => other > place && at > fault.at)?.at ?? course.end,
        journal: record.journal,
        firings: own,
        course,
        replication,
        pools,
      }),
    );
  });
}

/**
 * Whether an alert fired for nothing: no fault was under way and every window it looked at kept the
 * promises.
 */
export function isFalse(firing: Firing, course: Course, faults: readonly Entry[]): boolean {
  const from = firing.pendingAt - firing.lookback;
  const touches = (start: Duration, end: Duration) => end > from && start <= firing.firedAt;
  const length = (course.starts[1] ?? course.end) - (course.starts[0] ?? 0);
  if (course.starts.some((at, index) => course.kept[index] === false && touches(at, at + length)))
    return false;
  return !faults.some(({ plane, at, until }) => plane === "fate" && touches(at, until ?? at + 1));
}

/** Faults of one run in order, those of a kind that strike a part at once as one. */
export function faultsOf(journal: readonly Entry[]): Fault[] {
  const faults: (Fault & { instances: string[] })[] = [];
  for (const { plane, at, until, what, part, instance } of journal) {
    if (plane !== "fate") continue;
    const like = faults.findLast((fault) => fault.at === at);
    const names = instance === null ? [] : [instance];
    if (like && like.what === what && like.part === part) like.instances.push(...names);
    else faults.push({ at, until, what, part, instances: names });
  }
  return faults;
}

interface Around {
  /** When the next fault strikes, or the run ends. */
  readonly next: Duration;
  readonly journal: readonly Entry[];
  readonly firings: readonly Firing[];
  readonly course: Course;
  readonly replication: number;
  /** Names of node pools. */
  readonly pools: readonly string[];
}

function incident(fault: Fault, around: Around): Incident {
  const { course, next, firings, replication } = around;
  const felt = feltBetween(fault.at, next, course);
  const told = firings
    .filter(({ severity, firedAt }) => severity === "page" && firedAt >= fault.at && firedAt < next)
    .filter(({ toldAt }) => toldAt !== null)
    .sort((one, other) => one.toldAt! - other.toldAt!)[0];
  const verdicts = verdictsOn(fault, around);
  const after = (instant: Duration | null | undefined) =>
    instant === null || instant === undefined ? null : (instant - fault.at) / SECOND;
  const all = sum(course.failed, (count) => count);
  return {
    replication,
    at: fault.at / SECOND,
    until: fault.until === null ? null : fault.until / SECOND,
    what: fault.what,
    part: fault.part,
    instances: fault.instances.length,
    felt: felt !== null,
    detected: after(verdicts[0]?.at),
    failedOver: after(failedOverAt(fault, around, verdicts)),
    paged: after(told?.toldAt),
    pagedBy: told?.rule ?? null,
    recovered: after(felt?.until),
    failed: felt?.failed ?? 0,
    share: felt && all > 0 ? felt.failed / all : 0,
  };
}

interface Felt {
  /** When users were well again; null when not within the run. */
  readonly until: Duration | null;
  readonly failed: number;
}

/** From the first window that breaks a promise to the last before a minute in which none does. */
export function feltBetween(from: Duration, to: Duration, course: Course): Felt | null {
  const { starts, kept, end } = course;
  const endOf = (place: number) => starts[place + 1] ?? end;
  const first = starts.findIndex(
    (at, place) => kept[place] === false && endOf(place) > from && at < to,
  );
  if (first < 0) return null;
  let last = first;
  for (let place = first; place < starts.length; place++) {
    if (kept[place] === false) last = place;
    else if (endOf(place) - endOf(last) >= CALM) break;
  }
  const failed = sum(course.failed.slice(first, last + 1), (count) => count);
  return { until: last === starts.length - 1 ? null : endOf(last), failed };
}

/**
 * Verdicts of health checks, passive checks and breakers on what a fault hit, while it lasts and before
 * the next; each judge's first. Whoever takes over has noticed, even if what died is back by then.
 */
function verdictsOn(fault: Fault, { journal, next, pools }: Around): Entry[] {
  const judges = new Set<string>();
  return journal.filter((entry) => {
    if (entry.plane !== "health" || entry.at < fault.at) return false;
    if (entry.at > (isSuccession(entry) ? next : (fault.until ?? next))) return false;
    if (!concerns(entry, fault, pools)) return false;
    const judge = `${entry.part} ${entry.instance}`;
    if (judges.has(judge)) return false;
    judges.add(judge);
    return true;
  });
}

/**
 * When the last of those who send calls there had found out, and for what it struck another had been
 * promoted or had taken over, where that is how the part goes on.
 */
function failedOverAt(
  fault: Fault,
  { journal, next }: Around,
  verdicts: readonly Entry[],
): Duration | undefined {
  const successors = journal.filter(
    (entry) =>
      isSuccession(entry) &&
      (fault.part === null || entry.part === fault.part) &&
      entry.at >= fault.at &&
      entry.at < next,
  );
  const last = successors.slice(0, Math.max(1, fault.instances.length)).at(-1);
  const known = verdicts.at(-1);
  return last && known ? Math.max(last.at, known.at) : (last ?? known)?.at;
}

function isSuccession({ plane, what }: Entry): boolean {
  return plane === "health" && (what === "promoted" || what === "took over");
}

/**
 * A fault of a zone or a link names no part, and nobody checks nodes themselves, so any verdict while
 * it lasts may be about it.
 */
function concerns({ part, instance }: Entry, fault: Fault, pools: readonly string[]): boolean {
  if (fault.part !== null && pools.includes(fault.part)) return true;
  if (fault.instances.length > 0) return instance !== null && fault.instances.includes(instance);
  if (fault.part === null) return true;
  return part === fault.part || (instance?.startsWith(`${fault.part}-`) ?? false);
}
