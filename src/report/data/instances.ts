/** How many instances of each part, and how many nodes of each pool, were in each state, window by window. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { fleetsOf } from "../fleets.ts";
import { named, type Sheet } from "./csv.ts";

export function instances(result: Result): Sheet {
  const { start } = result.windows;
  const fleets = fleetsOf(result);
  const states = [...new Set(fleets.flatMap(({ byState }) => Object.keys(byState)))];
  return {
    columns: ["start_s", "time", "part", ...states],
    rows: start.flatMap((seconds, at) =>
      fleets.map(({ name, byState }) => [
        seconds,
        instant(result.run.clock, seconds),
        named(name),
        ...states.map((state) => byState[state]?.[at] ?? null),
      ]),
    ),
  };
}
