/** Time series: what happened in each window of the run, averaged over the replications. */
import { SECOND } from "../../kernel/time.ts";
import { instanceStates } from "../../model/instance.ts";
import { inFlight } from "../../model/classMeter.ts";
import { outcomes } from "../../model/outcomes.ts";
import type { ClassRecord, PartRecord, RunRecord } from "../../model/platform.ts";
import type { WindowsResult } from "../result.ts";
import { inSeconds, latencyOf, pooled, ratio, sum } from "./pooling.ts";
import { judged } from "./classes.ts";
import { hitRatioOf, stretch, utilisationOf, type Stretch } from "./parts.ts";
import { spreadOf } from "./spread.ts";

type ClassSeries = WindowsResult["classes"][string];
type PartSeries = WindowsResult["parts"][string];
type Series = (number | null)[];

export function windowsOf(records: readonly RunRecord[], window: number): WindowsResult {
  const first = records[0]!;
  const marks = first.parts[0]!.snapshots.map(({ at }) => at);
  const starts = marks.slice(0, -1);
  const lengths = starts.map((start, index) => marks[index + 1]! - start);
  const all = records.map(({ classes }) => judged(classes));
  const classes = first.classes.map(({ name }, index): [string, ClassSeries] => [
    name,
    classSeries(
      records.map((record) => [record.classes[index]!]),
      lengths,
    ),
  ]);
  const parts = first.parts.map(({ name }, index): [string, PartSeries] => [
    name,
    partSeries(records.map((record) => record.parts[index]!)),
  ]);
  return {
    length: window / SECOND,
    start: starts.map((start) => start / SECOND),
    spread: spreadOf(all),
    classes: Object.fromEntries([...classes, ["all", classSeries(all, lengths)]]),
    parts: Object.fromEntries(parts),
    ...(first.nodes && { nodes: nodesOf(records) }),
  };
}

/** Nodes by pool and state. */
function nodesOf(records: readonly RunRecord[]): NonNullable<WindowsResult["nodes"]> {
  const pools = records[0]!.nodes!.map(({ name }, index) => {
    const runs = records.map(({ nodes }) => nodes![index]!);
    return [name, instancesOf(stretchesOf(runs))] as const;
  });
  return Object.fromEntries(pools);
}

/** @param runs for each replication the classes that are counted together */
function classSeries(
  runs: readonly (readonly ClassRecord[])[],
  lengths: readonly number[],
): ClassSeries {
  const records = runs.flat();
  const windows = lengths.map((_, index) => records.map((record) => record.windows[index]!));
  const perSecond = (count: (window: ClassRecord["windows"][number]) => number): Series =>
    windows.map((each, index) => rate(sum(each, count), lengths[index]!, runs.length));
  const latencies = windows.map((each) => latencyOf(pooled(each.map(({ latency }) => latency))));
  const causes = outcomes
    .map((name, number) => ({ name, number }))
    .filter(({ number }) => records.some((record) => record.all.failed[number]! > 0));
  return {
    arrivals: perSecond(({ generated }) => generated),
    goodput: perSecond(({ succeeded }) => succeeded),
    failed: Object.fromEntries(
      causes.map(({ name, number }) => [name, perSecond(({ failed }) => failed[number]!)]),
    ),
    attempts: perSecond(({ attempts }) => attempts),
    inFlight: inFlightOf(windows, runs.length),
    mean: latencies.map((latency) => latency.mean),
    p50: latencies.map((latency) => latency.p50),
    p90: latencies.map((latency) => latency.p90),
    p95: latencies.map((latency) => latency.p95),
    p99: latencies.map((latency) => latency.p99),
    "p99.9": latencies.map((latency) => latency["p99.9"]),
    max: latencies.map((latency) => latency.max),
  };
}

/** Requests born so far and not ended so far, at the end of each window. */
function inFlightOf(
  windows: readonly (readonly ClassRecord["windows"][number][])[],
  replications: number,
): Series {
  let unfinished = 0;
  return windows.map((window) => {
    unfinished += sum(window, inFlight);
    return unfinished / replications;
  });
}

function partSeries(runs: readonly PartRecord[]): PartSeries {
  const windows = stretchesOf(runs);
  const series = (value: (window: readonly Stretch[]) => number | null): Series =>
    windows.map(value);
  const hasSlots = runs[0]!.resource !== null;
  const slotted = (value: (window: readonly Stretch[]) => number | null): Series =>
    series((window) => (hasSlots ? value(window) : null));
  return {
    arrivals: series((window) => perSecondOf(window, ({ arrived }) => arrived)),
    ok: series((window) => perSecondOf(window, ({ resolved }) => resolved[0]!)),
    failed: series((window) =>
      perSecondOf(window, ({ resolved }) => sum([...resolved.subarray(1)], (count) => count)),
    ),
    failures: failuresOf(windows),
    capacity: capacities(windows),
    utilisation: slotted(utilisationOf),
    queueLength: slotted((window) =>
      ratio(
        sum(window, (each) => each.queueTime),
        sum(window, (each) => each.length),
      ),
    ),
    waitingTime: slotted((window) => {
      const waited = sum(window, (each) => each.waitedCount);
      return inSeconds(
        ratio(
          sum(window, (each) => each.waitedSum),
          waited,
        ),
      );
    }),
    serviceTime: slotted((window) => {
      const served = sum(window, (each) => each.servedCount);
      return inSeconds(
        ratio(
          sum(window, (each) => each.servedSum),
          served,
        ),
      );
    }),
    hitRatio: series(hitRatioOf),
    instances: instancesOf(windows),
  };
}

/** Calls that failed, by the causes that ever occur. */
function failuresOf(windows: readonly (readonly Stretch[])[]): Record<string, Series> {
  const causes = outcomes
    .map((name, number) => ({ name, number }))
    .filter(({ name, number }) => {
      const occurs = ({ resolved }: Stretch) => resolved[number]! > 0;
      return name !== "ok" && windows.some((window) => window.some(occurs));
    });
  return Object.fromEntries(
    causes.map(({ name, number }) => [
      name,
      windows.map((window) => perSecondOf(window, ({ resolved }) => resolved[number]!)),
    ]),
  );
}

/** The windows of a part or of nodes, each as the stretches of all replications. */
export function stretchesOf(
  runs: readonly Pick<PartRecord, "snapshots">[],
): (readonly Stretch[])[] {
  const count = runs[0]!.snapshots.length - 1;
  return Array.from({ length: count }, (_, index) =>
    runs.map(({ snapshots }) => stretch(snapshots[index]!, snapshots[index + 1]!)),
  );
}

/**
 * What the serving instances could complete, by the utilisation law: what they have of a resource,
 * divided by what a call has lately taken of it; the scarcer of slots and cores [calls/s].
 */
function capacities(windows: readonly (readonly Stretch[])[]): Series {
  const slots = limits(
    windows,
    (each) => each.slotBusyTime,
    (each) => each.slotTime,
  );
  const cores = limits(
    windows,
    (each) => each.busyTime,
    (each) => each.servingTime,
  );
  return slots.map((bySlots, index) => {
    const byCores = cores[index] ?? null;
    return bySlots === null || byCores === null ? null : Math.min(bySlots, byCores);
  });
}

function limits(
  windows: readonly (readonly Stretch[])[],
  taken: (stretch: Stretch) => number,
  offered: (stretch: Stretch) => number,
): Series {
  let each: number | null = null;
  return windows.map((window) => {
    const served = sum(window, ({ servedCount }) => servedCount);
    each = ratio(sum(window, taken), served) ?? each;
    const perSecond = (sum(window, offered) / sum(window, ({ length }) => length)) * SECOND;
    return each === null || each === 0 ? null : perSecond / each;
  });
}

/** Mean number of instances in each state that ever occurs; the gone are not instances any more. */
function instancesOf(windows: readonly (readonly Stretch[])[]): Record<string, Series> {
  const states = instanceStates
    .map((name, position) => ({ name, position }))
    .filter(({ name }) => name !== "gone")
    .filter(({ position }) =>
      windows.some((window) => window.some((each) => each.stateTime[position]! > 0)),
    );
  return Object.fromEntries(
    states.map(({ name, position }) => [
      name,
      windows.map((window) =>
        ratio(
          sum(window, (each) => each.stateTime[position]!),
          sum(window, (each) => each.length),
        ),
      ),
    ]),
  );
}

function perSecondOf(window: readonly Stretch[], count: (stretch: Stretch) => number): number {
  return rate(sum(window, count), window[0]!.length, window.length);
}

/** Per second and replication. */
function rate(count: number, length: number, replications: number): number {
  return (count * SECOND) / length / replications;
}
