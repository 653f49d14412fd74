/** A drill as a matrix, parts by what was done to them, and the promises that were broken in it. */
import type { DrillResult, DrillTrial, Result } from "../../experiment/result.ts";
import { timeLabel } from "../clock.ts";
import { duration, NOTHING, percent, promised, rate } from "../units.ts";
import { words, type Table } from "./table.ts";

/** Columns of the matrix, in order. */
export const drillColumns: readonly (readonly [DrillTrial["kind"], string])[] = [
  ["crash", "one crashes"],
  ["zone", "a zone of it goes"],
  ["slow", "one is 5× slow"],
  ["partition", "nobody reaches it"],
];

/** Rows of the matrix: nothing, the parts, each zone with all that is in it. */
export function drillRows({ trials }: DrillResult): { label: string; trials: DrillTrial[] }[] {
  const parts = [...new Set(trials.flatMap(({ part }) => part ?? []))];
  const whole = trials.filter(({ part }) => part === null);
  return [
    ...whole.filter(({ kind }) => kind === "nothing").map((one) => row("(nothing)", [one])),
    ...parts.map((part) =>
      row(
        part,
        trials.filter((trial) => trial.part === part),
      ),
    ),
    ...whole.filter(({ kind }) => kind === "zone").map((one) => row(`(${one.words})`, [one])),
  ];
}

function row(label: string, trials: DrillTrial[]) {
  return { label, trials };
}

/** "✓ 3 of 3": how many promises survived. */
export function survived({ objectives, met, stopped }: DrillTrial): string {
  if (stopped !== null) return "✗ stopped";
  const kept = objectives.filter((objective) => objective.met).length;
  return `${met ? "✓" : "✗"} ${kept} of ${objectives.length}`;
}

export function drillTable(drill: DrillResult): Table {
  return {
    columns: [words("promises kept"), ...drillColumns.map(([kind]) => words(kind))],
    rows: drillRows(drill)
      .filter(({ trials }) => trials.some(({ kind }) => kind !== "nothing"))
      .map(({ label, trials }) => [
        label,
        ...drillColumns.map(([kind]) => {
          const trial = trials.find((each) => each.kind === kind);
          return trial ? survived(trial) : NOTHING;
        }),
      ]),
  };
}

/** Every promise that was broken, with what broke first. */
export function brokenTable({ trials }: DrillResult): Table {
  return {
    columns: ["when", "broken", "observed", "promised", "what broke first"].map(words),
    rows: trials.flatMap(({ words: what, objectives, stopped }) =>
      stopped !== null
        ? [[what, "stopped", NOTHING, NOTHING, stopped]]
        : objectives
            .filter(({ met }) => !met)
            .map((one) => [
              what,
              one.name,
              one.kind === "latency" ? duration(one.observed) : percent(one.observed),
              one.kind === "latency" ? duration(one.target) : promised(one.target),
              one.cause ?? NOTHING,
            ]),
    ),
  };
}

/** What was done, when, and how many trials the promises survived. */
export function drillSentence({ run }: Result, drill: DrillResult): string {
  const trials = drill.trials.filter(({ kind }) => kind !== "nothing");
  const kept = trials.filter(({ met }) => met).length;
  const when = `${timeLabel(run.clock, drill.at)}, when ${rate(drill.rate)} arrive`;
  const undisturbed = drill.trials.find(({ kind }) => kind === "nothing");
  const own = undisturbed?.met === false ? " Even with nothing broken a promise is missed." : "";
  return `${kept} of ${trials.length} failures at the peak are survived with every promise kept.${own} Each was tried alone, at ${when}, in one run on the same luck, without the scenario's own faults; what lasts lasts ${duration(drill.length)}, a crashed instance that nobody replaces stays away.`;
}
