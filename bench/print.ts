/** Tables that people can read. */
import { shown } from "./growth/curve.ts";
import type { Growth } from "./growth/measure.ts";
import type { Parallel } from "./parallel.ts";
import type { Speed } from "./speed.ts";

export function speedTable(speeds: readonly Speed[]): string {
  const header = [
    "workload",
    "path",
    "requests/CPU s",
    "x real time",
    "ns/request",
    "ns/event",
    "CPU ms min",
    "median",
    "against the floor",
    "mean ms",
    "theory ms",
    "checksum",
  ];
  return table([header, ...speeds.map((speed) => speedRow(speed, speeds))]);
}

function speedRow(speed: Speed, speeds: readonly Speed[]): string[] {
  const { workload, path, work, cpuMin, cpuMedian, theory } = speed;
  const seconds = cpuMin / 1000;
  const floor = speeds.find((each) => each.workload === workload && each.path === "floor");
  return [
    workload,
    path,
    `${(work.requests / seconds / 1e6).toFixed(2)} M`,
    shown(work.simulated / 1e9 / seconds),
    shown((cpuMin * 1e6) / work.requests),
    shown((cpuMin * 1e6) / work.events),
    shown(cpuMin),
    shown(cpuMedian),
    floor && path !== "floor" ? `x${(floor.cpuMin / cpuMin).toFixed(2)}` : "",
    (work.latencySum / work.answered / 1e6).toFixed(4),
    typeof theory === "number" ? (theory / 1e6).toFixed(4) : theory,
    work.checksum,
  ];
}

/** Whether a scenario and its floor simulated the same requests to the last nanosecond. */
export function agreement(speeds: readonly Speed[]): string[] {
  return speeds.flatMap(({ workload, path, work }) => {
    const floor = speeds.find((each) => each.workload === workload && each.path === "floor");
    if (path !== "scenario" || !floor) return [];
    const same =
      work.requests === floor.work.requests &&
      work.answered === floor.work.answered &&
      work.latencySum === floor.work.latencySum;
    return [
      same
        ? `${workload}: scenario and floor agree on every latency to the nanosecond`
        : `${workload}: NOT MET, scenario and floor did different work`,
    ];
  });
}

export function growthLines({ title, unit, sizes, figures, verdict }: Growth): string {
  const rows = [sizes.map((size) => String(size)), figures.map(shown)];
  const said = verdict === null ? "" : `\n  ${verdict.met ? "met" : "NOT MET"}: ${verdict.text}`;
  return `${title} [${unit}]\n${table(rows)}${said}`;
}

export function parallelLines(parallel: Parallel): string {
  const { replications, replicationMs, oneWorkerMs, twoWorkersMs, efficiency, warmUpMs } = parallel;
  return [
    `${replications} replications of ${shown(replicationMs)} ms: one worker ${shown(oneWorkerMs)} ms, two ${shown(twoWorkersMs)} ms (wall time)`,
    `  ${efficiency >= 0.9 ? "met" : "NOT MET"}: efficiency on two cores at least 0.90: ${efficiency.toFixed(2)} for as many again, besides ${shown(warmUpMs)} ms to start, load and compile`,
    `  ${parallel.same ? "met" : "NOT MET"}: results do not depend on the number of workers`,
    `  a worker's start and first small run: ${shown(parallel.startUpMs)} ms`,
  ].join("\n");
}

/** Columns as wide as they must be, figures to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padStart(widths[column]!)).join("  ");
  return rows.map((row) => `  ${line(row)}`.trimEnd()).join("\n");
}
