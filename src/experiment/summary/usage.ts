/** What one run used of things that are paid by their number or size. */
import { HOUR, SECOND } from "../../kernel/time.ts";
import type { ChargeMeter, HourOfUse, Payload } from "../../model/charges/charge.ts";
import type { RequestCounts } from "../../model/classMeter.ts";
import type { ClassRecord, RunRecord } from "../../model/platform.ts";
import { classesOf } from "../../model/workload.ts";
import type { Scenario } from "../../scenario/language.ts";
import type { Pricing } from "../../scenario/pricing.ts";
import { billedSeconds } from "./billing.ts";
import { sum } from "./pooling.ts";

/** Payload of a request and its answer where neither class nor links tell, as of links [bytes]. */
const USUAL_BYTES = { request: 1000, answer: 10_000 };

export function meterOf(scenario: Scenario, record: RunRecord, pricing: Pricing): ChargeMeter {
  const sizes = new Map(sizesOf(scenario));
  const partOf = (name: string) => record.parts.find((part) => part.name === name)!;
  /** Share of a workload's requests that go to a part: by what arrived at its entries. */
  const shareOf = (workload: string, part: string | undefined) => {
    if (part === undefined) return 1;
    const { to, dns } = scenario.workloads[workload]!;
    const entries = [to, ...(dns?.also ?? [])];
    if (!entries.includes(part)) return 0;
    const arrived = (name: string) => partOf(name).snapshots.at(-1)!.arrived;
    const all = sum(entries, arrived);
    return all > 0 ? arrived(part) / all : 0;
  };
  const payloadOf = (
    part: string | undefined,
    counts: (record: ClassRecord) => RequestCounts[],
  ) => {
    const each = record.classes.map((one) => {
      const share = shareOf(one.workload, part);
      const { request, answer } = sizes.get(one.name)!;
      return {
        requests: share * request * sum(counts(one), ({ attempts }) => attempts),
        answers: share * answer * sum(counts(one), ({ succeeded }) => succeeded),
      };
    });
    return {
      requests: sum(each, ({ requests }) => requests),
      answers: sum(each, ({ answers }) => answers),
    } satisfies Payload;
  };
  const minimumSeconds = pricing.catalogue.minimumSeconds;
  return {
    hours: scenario.run.duration / HOUR,
    calls: (part) =>
      part === undefined
        ? sum(record.classes, ({ all }) => all.attempts)
        : partOf(part).snapshots.at(-1)!.arrived,
    payload: (part) => payloadOf(part, ({ all }) => [all]),
    hourly: (part) =>
      hourSpans(record, part).map(({ windows, ...span }) => ({
        ...span,
        ...payloadOf(part, (one) => windows.map((index) => one.windows[index]!)),
      })),
    machineHours: (part) => sum(billedSeconds(partOf(part), minimumSeconds), (paid) => paid) / 3600,
    cores: (part) => pricing.types.get(partOf(part).fleet?.type ?? "")?.cores ?? 1,
  };
}

interface Span extends Omit<HourOfUse, keyof Payload> {
  /** Windows that begin in the hour, by number. */
  readonly windows: readonly number[];
}

/** The hours of a run, each as its windows; a window belongs to the hour in which it begins. */
function hourSpans(record: RunRecord, part: string): Span[] {
  const { snapshots } = record.parts.find(({ name }) => name === part)!;
  const hours = new Map<number, number[]>();
  snapshots.slice(0, -1).forEach(({ at }, index) => {
    const hour = Math.floor(at / HOUR);
    hours.set(hour, [...(hours.get(hour) ?? []), index]);
  });
  return [...hours.values()].map((windows) => {
    const from = snapshots[windows[0]!]!;
    const to = snapshots[windows.at(-1)! + 1]!;
    const rates = windows.map((index) => rateBetween(snapshots[index]!, snapshots[index + 1]!));
    const busiest = Math.max(...rates);
    return {
      windows,
      seconds: (to.at - from.at) / SECOND,
      calls: to.arrived - from.arrived,
      busiest,
    };
  });
}

interface Arrived {
  readonly at: number;
  readonly arrived: number;
}

/** [calls/s] */
function rateBetween(from: Arrived, to: Arrived): number {
  return (to.arrived - from.arrived) / ((to.at - from.at) / SECOND);
}

/** Bytes of a request and of its answer, by class. */
function sizesOf({ workloads, links }: Scenario) {
  return Object.entries(workloads).flatMap(([workload, spec]) =>
    classesOf(workload, spec).map((one): [string, { request: number; answer: number }] => [
      one.name,
      {
        request: one["request-bytes"] ?? links?.request ?? USUAL_BYTES.request,
        answer: one["answer-bytes"] ?? links?.answer ?? USUAL_BYTES.answer,
      },
    ]),
  );
}
