/** One replication: a pure function of the scenario and the replication's number. */
import { inlineMore } from "../kernel/compiler.ts";
import { obstaclesFor, runPlatform, type PlatformSpec, type RunRecord } from "../model/platform.ts";
import { openPinned } from "../scenario/files.ts";
import type { Scenario } from "../scenario/language.ts";
import { pricingOf } from "../scenario/pricing.ts";
import { withExemplars } from "./exemplars.ts";
import { measuresOf, type Measure } from "./measures.ts";
import type { Task } from "./pool.ts";

export type { RunRecord } from "../model/platform.ts";

inlineMore();

/**
 * Runs a scenario once.
 *
 * @param replication which of the independent runs, from 0; each has its own luck
 * @param onProgress hears how much of the run is done [0 to 1], some hundred times
 */
export function simulate(
  scenario: Scenario,
  replication: number,
  onProgress?: (share: number) => void,
): RunRecord {
  const spec = platformOf(scenario, replication);
  if (replication > 0 || !scenario.run.traces) return runPlatform(spec, onProgress);
  const record = runPlatform(spec, (share) => onProgress?.(share / 2));
  return withExemplars(spec, record, (share) => onProgress?.(0.5 + share / 2));
}

/** Why a scenario needs events; nothing if it takes the express path, which is faster. */
export function needsEvents(scenario: Scenario): readonly string[] {
  return obstaclesFor(platformOf(scenario, 0));
}

function platformOf(scenario: Scenario, replication: number): PlatformSpec {
  const { types } = pricingOf(scenario);
  const { run, window, workloads, parts, autoscalers, faults, rollouts, nodes, supply, links } =
    scenario;
  return {
    seed: `${scenario.seed}#${replication}`,
    duration: run.duration,
    warmUp: run["warm-up"],
    window,
    workloads,
    parts,
    autoscalers,
    faults,
    rollouts,
    nodes,
    supply,
    links,
    limits: run.limits,
    ...(Object.keys(autoscalers).length > 0 && { clock: run.clock }),
    engine: run.engine,
    open: (file) => openPinned(file, scenario.files),
    coresOf: (type) => types.get(type)?.cores ?? 1,
    pricePerHourOf: (type) => types.get(type)?.perHour ?? 0,
  };
}

/** Does what a task asks for. */
export function perform(
  { scenario, replication, wanted }: Task,
  onProgress?: (share: number) => void,
): RunRecord | Measure[] {
  const record = simulate(scenario, replication, onProgress);
  return wanted === "record" ? record : measuresOf(scenario, record);
}
