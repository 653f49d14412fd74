/** A drill in rows: each promise in each trial, and what broke first. */
import type { Result } from "../../experiment/result.ts";
import { named, namedOrNull, type Sheet } from "./csv.ts";

export function drill({ drill: held }: Result): Sheet | null {
  if (!held) return null;
  return {
    columns: [
      ...["part", "kind", "fault", "objective", "target", "observed", "met", "cause"],
      ...["stopped", "at", "length"],
    ],
    rows: held.trials.flatMap(({ part, kind, words, objectives, stopped }) => {
      const about = [namedOrNull(part), kind, named(words)];
      const rest = [namedOrNull(stopped), held.at, held.length];
      if (stopped !== null) return [[...about, null, null, null, "no", null, ...rest]];
      return objectives.map(({ name, target, observed, met, cause }) => [
        ...about,
        named(name),
        target,
        observed,
        met ? "yes" : "no",
        namedOrNull(cause),
        ...rest,
      ]);
    }),
  };
}
