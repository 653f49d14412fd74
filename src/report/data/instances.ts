/** How many instances of each part were in each state, window by window. */
import type { Result } from "../../experiment/result.ts";
import { instant } from "../clock.ts";
import { named, type Sheet } from "./csv.ts";

export function instances(result: Result): Sheet {
  const { start, parts } = result.windows;
  const states = [...new Set(Object.values(parts).flatMap((part) => Object.keys(part.instances)))];
  return {
    columns: ["start_s", "time", "part", ...states],
    rows: start.flatMap((seconds, at) =>
      Object.entries(parts).map(([name, part]) => [
        seconds,
        instant(result.run.clock, seconds),
        named(name),
        ...states.map((state) => part.instances[state]?.[at] ?? null),
      ]),
    ),
  };
}
