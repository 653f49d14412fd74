/** Chooses the path of a run: the express path where it is exact, or the reasons why it is not. */
import { wholeTicks, type Duration } from "../../kernel/time.ts";
import type { Part } from "../parts/part.ts";
import type { PlatformSpec } from "../platform.ts";
import type { Workload } from "../workload.ts";
import type { World } from "../world.ts";
import { obstaclesIn } from "./conditions.ts";
import { Express } from "./express.ts";
import { NotInARow, planFor } from "./plan.ts";

export function findWay(
  spec: PlatformSpec,
  world: World,
  parts: readonly Part[],
  workloads: readonly Workload[],
): Express | readonly string[] {
  const obstacles = obstaclesIn(spec);
  if (obstacles.length > 0) return obstacles;
  const demands = workloads.map((workload) => [workload, patienceIn(spec, workload)] as const);
  try {
    const plan = planFor(world, parts, demands, spec.warmUp);
    return new Express(plan, world, parts, spec);
  } catch (problem) {
    if (problem instanceof NotInARow) return [problem.message];
    throw problem;
  }
}

/** How long its clients wait [ns]. */
function patienceIn({ workloads }: PlatformSpec, workload: Workload): Duration {
  const timeout = workloads[workload.name]!.client.timeout;
  return timeout === undefined ? Infinity : wholeTicks(timeout);
}
