/**
 * The share of unavailability by cause. The rule, in this order, for every request that failed:
 *
 * 1. While a fault or a rollout lasted, and until users were well again if they were well before, the
 *    one that began last is to blame.
 * 2. Else how it ended tells: turned away or given up while waiting is overload; an error without a
 *    fault came from a call behind, a dependency; a time-out is overload while any part was full.
 * 3. What is left is chance.
 *
 * Windows are the grain: a window that a fault touches counts as touched whole.
 */
import type { RunRecord } from "../../model/platform.ts";
import { outcomes, type OutcomeName } from "../../model/outcomes.ts";
import type { Scenario } from "../../scenario/language.ts";
import type { Result } from "../result.ts";
import { blamed, type Blamed } from "../result/blame.ts";
import { judged } from "./classes.ts";
import { courseOf, faultsOf, feltBetween, type Course, type Fault } from "./incidents.ts";
import { sum } from "./pooling.ts";

/** Busy share from which a part counts as full, as where the report looks for causes. */
const FULL = 0.95;

/** Failures of the measured windows of all replications, by cause; none where nothing failed. */
export function blameOf(scenario: Scenario, records: readonly RunRecord[]): Result["blame"] {
  const counts = new Map<Blamed, number>();
  for (const record of records) {
    const course = courseOf(scenario, record);
    const spells = spellsOf(record, course);
    const first = record.parts[0]!.snapshots.length - 1 - course.starts.length;
    course.starts.forEach((start, place) => {
      const end = course.starts[place + 1] ?? course.end;
      const spell = spells.findLast((each) => each.from < end && each.to > start);
      const isFull = someFull(record, first + place);
      outcomes.forEach((outcome, number) => {
        const failed = sum(
          judged(record.classes),
          ({ windows }) => windows[first + place]!.failed[number]!,
        );
        const cause = spell?.cause ?? causeOf(outcome, isFull);
        if (failed > 0) counts.set(cause, (counts.get(cause) ?? 0) + failed);
      });
    });
  }
  const all = sum([...counts.values()], (count) => count);
  return blamed.flatMap((cause) => {
    const failed = counts.get(cause) ?? 0;
    return failed > 0 ? [{ cause, failed, share: failed / all }] : [];
  });
}

interface Spell {
  readonly cause: Blamed;
  readonly from: number;
  readonly to: number;
}

/** How long each fault and rollout is to blame, in the order in which they began. */
function spellsOf({ journal }: RunRecord, course: Course): Spell[] {
  const faults = faultsOf(journal);
  return faults.map((fault, place) => {
    const later = faults.find(({ at }, other) => other > place && at > fault.at);
    const felt = wereWell(fault, course)
      ? feltBetween(fault.at, later?.at ?? course.end, course)
      : null;
    const over = felt ? (felt.until ?? course.end) : fault.at + 1;
    const cause = fault.what === "rollout" ? "deployment" : "fault";
    return { cause, from: fault.at, to: Math.max(fault.until ?? fault.at + 1, over) };
  });
}

/** Whether no promise was broken in the last window that was over before a fault. */
function wereWell({ at }: Fault, { starts, kept, end }: Course): boolean {
  const before = starts.findLastIndex((_, place) => (starts[place + 1] ?? end) <= at);
  return before < 0 || kept[before] !== false;
}

function causeOf(outcome: OutcomeName, isFull: boolean): Blamed {
  switch (outcome) {
    case "rejected":
    case "dropped":
    case "reneged":
      return "overload";
    case "error":
      return "dependency";
    case "timed-out":
      return isFull ? "overload" : "chance";
    default:
      return "chance";
  }
}

/** Whether any part had no slot or core left for nearly all of a window. */
function someFull({ parts }: RunRecord, place: number): boolean {
  return parts.some(({ snapshots }) => {
    const [from, to] = [snapshots[place]!, snapshots[place + 1]!];
    const offered = to.servingTime - from.servingTime;
    return offered > 0 && to.busyTime - from.busyTime >= FULL * offered;
  });
}
