/**
 * The scenario language: everything a file may say, as one schema from which types, validation,
 * JSON Schema and reference derive.
 */
import { z } from "zod";
import { LONGEST_RUN, SECOND } from "../kernel/time.ts";
import { alertSchema } from "../model/alerts/index.ts";
import { scalingSchema } from "../model/autoscalers/index.ts";
import { faultSchema } from "../model/faults/index.ts";
import { linksSchema } from "../model/links.ts";
import { nodePoolSchema } from "../model/nodePoolSpec.ts";
import { partSchema } from "../model/parts/index.ts";
import { rolloutSchema } from "../model/rollouts/index.ts";
import { supplySchema } from "../model/supply.ts";
import { workloadSchema } from "../model/workload.ts";
import { choice, count, duration, flag, name, share, text } from "../schema/fields.ts";
import { costSchema } from "./costSpec.ts";
import type { PinnedFiles } from "./files.ts";
import { historySchema } from "./history.ts";
import { monitoringSchema } from "./monitoring.ts";
import { objectiveSchema, openSloSchema } from "./objectives.ts";

const seed = z
  .codec(z.union([z.string().min(1), z.int()]), z.string(), {
    decode: (written) => String(written),
    encode: (seed) => seed,
  })
  .describe("Where all the luck comes from: the same seed gives the same run.");

const limitsSchema = z
  .strictObject({
    events: count("Events one replication may take: some ten for each request.", {
      min: 1,
      max: 500e9,
    }).default(10_000_000_000),
    calls: count("Calls that may be in flight at once, at 128 bytes each.", {
      min: 1,
      max: 8_000_000,
    }).default(4_000_000),
  })
  .describe("Where a run that asks too much of the machine is stopped.");

const runSchema = z
  .strictObject({
    duration: duration("Length of the run, warm-up included.", {
      min: SECOND / 1000,
      max: LONGEST_RUN,
    }),
    "warm-up": duration("Time at the start that is simulated but not measured.").prefault("0 s"),
    window: duration("Length of the windows of the time series; by default about 240 to a run.", {
      min: SECOND / 1000,
    }).optional(),
    clock: z.iso
      .datetime({ offset: true })
      .describe("What a clock on the wall shows at the start: 2026-11-10T23:40:00+08:00.")
      .optional(),
    replications: count("Independent runs, from which intervals are made.", {
      min: 1,
      max: 10_000,
    }).default(1),
    confidence: share("Level of the intervals.", { min: 0.5, max: 0.9999 }).prefault("95 %"),
    engine: choice(
      "What runs it. `auto` computes departures ahead where that gives the same answer to the last bit, which is several times faster, and uses events everywhere else; `events` always uses events.",
      ["auto", "events"],
    ).default("auto"),
    traces: flag(
      "Whether some requests of the first replication are followed in all detail: one of median latency, one at the 99th percentile, the slowest, and one that failed. They are found by running it once more.",
    ).default(false),
    limits: limitsSchema.prefault({}),
  })
  .describe("How long, how often, measured how.");

/** A scenario without the means of composing it. */
export const scenarioSchema = z
  .strictObject({
    title: text("The story in one line."),
    seed: seed.prefault("1"),
    run: runSchema,
    workloads: z.record(name("A workload."), workloadSchema).describe("Who asks."),
    parts: z.record(name("A part."), partSchema).describe("What answers."),
    autoscalers: z
      .record(name("The part whose fleet it sizes."), scalingSchema)
      .describe(
        "What decides how many instances a part has: one autoscaler, or a list of them. Of policies in a list that ask at once the one that asks for most is heard, target tracking shrinks when all of that kind agree to, and a schedule or a forecast is a floor under the others.",
      )
      .default({}),
    faults: z.array(faultSchema).describe("What goes wrong.").default([]),
    rollouts: z.array(rolloutSchema).describe("New versions, and how they come.").default([]),
    nodes: z
      .record(name("A node pool."), nodePoolSchema)
      .describe("Nodes on which the instances of several parts are pods.")
      .default({}),
    supply: supplySchema.optional(),
    links: linksSchema.optional(),
    objectives: z.array(objectiveSchema).describe("What was promised.").default([]),
    monitoring: monitoringSchema.prefault({}),
    alerts: z
      .record(name("A rule."), alertSchema)
      .describe("When people are told that something is wrong.")
      .default({}),
    history: historySchema.prefault({}),
    cost: costSchema.prefault({}),
  })
  .describe("A platform and its worst hour.");

/** A scenario file: a scenario, and what it builds on or varies. */
export const fileSchema = scenarioSchema.partial().extend({
  objectives: z
    .array(z.union([objectiveSchema, openSloSchema]))
    .describe("What was promised.")
    .optional(),
  extends: text(
    "A scenario file in the same folder or below it that this one builds on.",
  ).optional(),
  variants: z
    .record(name("A variant."), z.record(z.string(), z.unknown()).nullable())
    .describe(
      "Named changes to this scenario; a dotted path such as autoscalers.web replaces what stands there.",
    )
    .optional(),
});

export type ScenarioSpec = z.output<typeof scenarioSchema>;
export type { ObjectiveSpec } from "./objectives.ts";

/** A scenario that was checked: plain data that any thread can run. */
export interface Scenario extends ScenarioSpec {
  /** The file's name without folder and ending. */
  readonly file: string;
  readonly variant: string | null;
  /** Length of a window [ns]. */
  readonly window: number;
  /** What is allowed but worth a word before anybody trusts the numbers. */
  readonly warnings: readonly string[];
  /** The files it replays, by the names it gives them. */
  readonly files: PinnedFiles;
  /** Every value, defaults included, in the words of the language. */
  readonly resolved: Readonly<Record<string, unknown>>;
}
