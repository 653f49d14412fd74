/** What autoscalers name and need: parts with slots, resources to measure, a clock on the wall. */
import {
  autoscalers,
  isSeveral,
  scalersOf,
  scalingOf,
  type AutoscalerSpec,
} from "../model/autoscalers/index.ts";
import type { History, PlacedMetric } from "../model/autoscalers/autoscaler.ts";
import { rates } from "../model/rates/index.ts";
import { UnusableRate } from "../model/rates/rate.ts";
import { needsOf } from "../model/steps/index.ts";
import { issuesIn, make } from "../schema/definition.ts";
import type { Issue } from "../schema/issue.ts";
import type { FilesBeside } from "./files.ts";
import { forecastContext } from "./forecast.ts";
import type { ScenarioSpec } from "./language.ts";
import type { Doubt, Path, PlatformNames } from "./platformNames.ts";

export function checkControl(
  scenario: ScenarioSpec,
  platform: PlatformNames,
  isDoubtful: Doubt,
  files: FilesBeside,
): Issue[] {
  const saysClock = scenario.run.clock !== undefined || isDoubtful(["run", "clock"]);
  const checkOne = (part: string, spec: AutoscalerSpec, path: Path): Issue[] => {
    const { metrics, needsClock, histories } = scalingOf(spec);
    const clockless = !saysClock && needsClock?.(spec as never);
    return [
      ...issuesIn(autoscalers, spec, path),
      ...(platform.has(part) && !platform.isVague(part)
        ? checkMetrics(scenario.parts[part]!, path, metrics?.(spec as never) ?? [])
        : []),
      ...checkHistories(path, histories?.(spec as never) ?? [], files),
      ...(clockless ? [{ path: [...path, ...clockless], message: NO_CLOCK }] : []),
    ];
  };
  return Object.entries(scenario.autoscalers).flatMap(([part, spec]) => {
    const path = ["autoscalers", part];
    return [
      ...checkPart(part, path, platform),
      ...scalersOf(spec).flatMap((each) => checkOne(part, each.spec, [...path, ...each.path])),
      ...(isSeveral(spec) ? checkGroup(spec, path) : []),
    ];
  });
}

/** Several policies share one group, with one least and one most; others decide alone. */
function checkGroup(specs: readonly AutoscalerSpec[], path: Path): Issue[] {
  const deciding = specs.flatMap((spec, index) => {
    const { among } = scalingOf(spec);
    return among === "floor" || among === "neither" ? [] : [{ spec, index, among }];
  });
  const first = deciding[0];
  if (deciding.length < 2 || first === undefined) return [];
  const alone = deciding.find(({ among }) => among === undefined);
  if (alone !== undefined) {
    const message = `${alone.spec.kind} decides by itself; expected schedules or forecasts beside it, or all it goes by inside it`;
    return [{ path: [...path, alone.index, "kind"], message }];
  }
  return deciding.slice(1).flatMap(({ spec, index }) => {
    const [one, other] = [first.spec, spec] as unknown as { min: number; max: number }[];
    if (one!.min === other!.min && one!.max === other!.max) return [];
    const message = `one group has one least and one most; expected min ${one!.min} and max ${one!.max} as in the first`;
    return [{ path: [...path, index], message }];
  });
}

const NO_CLOCK =
  "nobody says what time of day it is; expected `run.clock`, what a clock on the wall shows at the start";

function checkPart(part: string, path: Path, platform: PlatformNames): Issue[] {
  const withSlots = platform.namesOf(({ hasSlots }) => hasSlots);
  const missing = platform.unknown(path, part, true);
  if (!platform.has(part) || withSlots.includes(part)) return missing;
  const message = `${part} has no slots for an autoscaler to measure`;
  return [...missing, { path, message, atKey: true }];
}

/** A history may be sound as it is written and still not be one, which shows when it is followed. */
function checkHistories(path: Path, histories: readonly History[], files: FilesBeside): Issue[] {
  return histories.flatMap(({ path: at, rate, duration }) => {
    try {
      make(rates, rate, forecastContext(duration, files));
      return [];
    } catch (problem) {
      if (!(problem instanceof UnusableRate)) throw problem;
      return [{ path: [...path, ...at], message: problem.message }];
    }
  });
}

/** A resource that no call of the part uses would be unmeasured for ever. */
function checkMetrics(
  part: ScenarioSpec["parts"][string],
  path: Path,
  metrics: readonly PlacedMetric[],
): Issue[] {
  const steps = Object.values(("operations" in part ? part.operations : undefined) ?? {}).flat();
  const needs = new Set<string>(needsOf(steps, []).map((need) => need.needs));
  return metrics.flatMap(({ path: at, metric }) => {
    if (metric.kind !== "utilisation" || metric.of === "work" || metric.of === "slots") return [];
    if (needs.has(metric.of)) return [];
    const message = `no step uses the ${metric.of} of an instance, so it is never measured; expected \`${metric.of}\` steps, or utilisation of slots`;
    return [{ path: [...path, ...at], message }];
  });
}
