/** How long the windows of the time series are where the scenario does not say. */
import { SECOND, type Duration } from "../kernel/time.ts";
import type { ScenarioSpec } from "./language.ts";

/** Length of a window: as written, else the shortest of the usual ones that gives at most 240 [ns]. */
export function windowOf({ window, duration }: ScenarioSpec["run"]): Duration {
  if (window !== undefined) return window;
  const usual = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const seconds = usual.find((length) => duration <= length * SECOND * 240);
  return Math.floor((seconds ?? duration / SECOND / 240) * SECOND);
}
