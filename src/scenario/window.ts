/** How long the windows of the time series are where the scenario does not say. */
import { SECOND, type Duration } from "../kernel/time.ts";
import type { ScenarioSpec } from "./language.ts";

/** Lengths that people count in [s]. */
const USUAL = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/**
 * Length of a window: as written, else the shortest of the usual ones that gives at most 240; where
 * there are alerts the longest up to that at whose ends every scrape falls [ns].
 */
export function windowOf({
  run: { window, duration },
  alerts,
  monitoring: { scrape },
}: Pick<ScenarioSpec, "run" | "alerts" | "monitoring">): Duration {
  if (window !== undefined) return window;
  const seconds = USUAL.find((length) => duration <= length * SECOND * 240);
  const plain = Math.floor((seconds ?? duration / SECOND / 240) * SECOND);
  if (Object.keys(alerts).length === 0) return plain;
  const fits = USUAL.map((length) => length * SECOND).filter(
    (length) => length <= plain && scrape % length === 0,
  );
  return fits.at(-1) ?? scrape;
}
