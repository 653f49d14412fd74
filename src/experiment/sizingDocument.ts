/** A search, told as one document. */
import { createHash } from "node:crypto";
import type { Scenario } from "../scenario/language.ts";
import { analyticOf } from "./analytic.ts";
import { assemble } from "./assemble.ts";
import type { Axis } from "./axes.ts";
import { replicated } from "./precision.ts";
import type { RunRecord } from "./replication.ts";
import { byPrice, type Searched } from "./size.ts";
import type { Sizing, TrialResult } from "./sizing.ts";
import { VERSION } from "./version.ts";

export interface Search {
  readonly base: Scenario;
  readonly goal: Sizing["goal"];
  readonly axes: readonly Axis[];
  readonly searched: Searched;
  /** Choices that held, and that luck of their own did not confirm. */
  readonly refused: ReadonlySet<string>;
  readonly confirmation: TrialResult | null;
  /** Of the confirmation, and the scenario they are of. */
  readonly records: readonly RunRecord[];
  readonly confirmed?: Scenario;
  readonly drills: readonly string[];
  readonly fresh: Sizing["fresh"];
}

export function documentOf(search: Search): Sizing {
  const { base, goal, axes, searched, confirmation, records, confirmed, drills, fresh } = search;
  const { answer, tried } = searched;
  const trials = ranked(searched, search.refused);
  const knobs = axes.map(({ path, values }) => ({ path, values: [...values] }));
  const { resolved, seed, variant, file } = base;
  return {
    format: "loadstar/sizing",
    version: "1.0",
    engine: VERSION,
    runId: hash([resolved, seed, variant, file, goal, knobs, ...drills, VERSION]).slice(0, 12),
    fingerprint: hash(trials).slice(0, 16),
    title: base.title,
    scenario: base.file,
    variant,
    seed,
    confidence: base.run.confidence,
    goal,
    knobs,
    answer: answer === null ? null : tried.get(answer.join())!.trial,
    confirmation,
    drills: [...drills],
    ...(fresh && { fresh }),
    trials,
    analytic: confirmed ? analyticOf(assemble(replicated(confirmed, records.length), records)) : [],
    warnings: [...base.warnings],
  };
}

/** Those that hold, the cheapest first; then the others, the nearest miss first. */
function ranked({ tried }: Searched, refused: ReadonlySet<string>): TrialResult[] {
  const all = [...tried].map(([key, { positions, trial }]) => ({
    positions,
    trial: refused.has(key) ? { ...trial, verdict: "undecided" as const } : trial,
  }));
  const holding = all.filter(({ trial }) => trial.verdict === "holds").sort(byPrice);
  const room = ({ trial }: (typeof all)[number]) => trial.margin ?? -Infinity;
  const missing = all
    .filter(({ trial }) => trial.verdict !== "holds")
    .sort((one, other) => (room(one) < room(other) ? 1 : room(one) > room(other) ? -1 : 0));
  return [...holding, ...missing].map(({ trial }) => trial);
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
