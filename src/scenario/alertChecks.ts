/** What alerts name, and whether monitoring is made so that they can ever fire. */
import { alerts } from "../model/alerts/index.ts";
import { issuesIn, make } from "../schema/definition.ts";
import { formatDuration } from "../schema/format.ts";
import type { Issue } from "../schema/issue.ts";
import type { ScenarioSpec } from "./language.ts";
import { unknown, type Path, type PlatformNames } from "./platformNames.ts";
import { windowOf } from "./window.ts";

/** Scrapes that a window must hold for a counter to have grown between two. */
const FEWEST_SCRAPES = 2;

export function checkAlerts(
  scenario: ScenarioSpec,
  platform: PlatformNames,
  classes: readonly string[],
): Issue[] {
  const { scrape } = scenario.monitoring;
  const each = Object.entries(scenario.alerts).flatMap(([rule, spec]) => {
    const path: Path = ["alerts", rule];
    const own = issuesIn(alerts, spec, path);
    if (own.length > 0) return own;
    const { needs, conditions } = make(alerts, spec, undefined);
    const shortest = conditions
      .flatMap(({ windows }) => windows)
      .reduce((least, window) => Math.min(least, window), Infinity);
    const blind = `a window of ${formatDuration(shortest)} holds fewer than two scrapes of every ${formatDuration(scrape)}, so it would never fire`;
    return [
      ...(needs.class === undefined
        ? []
        : unknown([...path, "class"], "request class", needs.class, classes)),
      ...(needs.part === undefined ? [] : platform.unknown([...path, "part"], needs.part)),
      ...(shortest < FEWEST_SCRAPES * scrape ? [{ path, message: blind }] : []),
    ];
  });
  return [...each, ...checkScrapes(scenario)];
}

/** Scrapes read what windows hold, so they fall on the ends of windows. */
function checkScrapes(scenario: ScenarioSpec): Issue[] {
  const { scrape } = scenario.monitoring;
  const window = windowOf(scenario);
  if (Object.keys(scenario.alerts).length === 0 || scrape % window === 0) return [];
  const message = `scrapes every ${formatDuration(scrape)} do not fall on the ends of windows of ${formatDuration(window)}; expected a multiple of run.window`;
  return [{ path: ["monitoring", "scrape"], message }];
}
