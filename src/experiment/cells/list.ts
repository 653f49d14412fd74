/**
 * A list of cells: what a sweep, a comparison or a run with replications simulates.
 *
 * A cell is one replication of one scenario, and a pure function of the resolved scenario with its
 * seed, the replication's number and the version of Loadstar. A list is plain JSON that tells all of
 * them, so that any machine can simulate any part of it; the answers come together by the cells'
 * numbers, 0 to the list's size - 1, scenario by scenario and replication by replication.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { FilesBeside, type Locate, type PinnedFiles } from "../../scenario/files.ts";
import type { Scenario } from "../../scenario/language.ts";
import {
  mistakeIn,
  readBack,
  written,
  writtenSchema,
  type Written,
} from "../../scenario/resolved.ts";
import { VERSION } from "../version.ts";
import { patched, patchFrom, patchSchema } from "./patch.ts";

/** The most scenarios of a list, and replications of each. */
const MOST = 10_000;

export const cellListSchema = z.strictObject({
  format: z.literal("loadstar/cells"),
  engine: z.string().max(100),
  /** Whole records, or only the numbers that are compared: records of long runs are large. */
  wanted: z.enum(["record", "measures"]),
  /** A scenario; all of the list are told by how they differ from it. */
  base: writtenSchema,
  scenarios: z
    .array(
      z.strictObject({
        patch: patchSchema,
        /** The first replication that is wanted of it, and how many are. */
        from: z.int().min(0).max(MOST),
        count: z.int().min(1).max(MOST),
      }),
    )
    .min(1)
    .max(MOST),
});

export type CellList = z.output<typeof cellListSchema>;
export type Wanted = CellList["wanted"];

/** One cell of a list. */
export interface Cell {
  readonly scenario: Scenario;
  readonly replication: number;
}

/** A list that grows scenario by scenario. */
export class ListBuilder {
  private readonly base: Written;
  private readonly wanted: Wanted;
  private readonly scenarios: CellList["scenarios"] = [];
  private readonly files: PinnedFiles[] = [];

  constructor(base: Scenario, wanted: Wanted) {
    this.base = written(base);
    this.wanted = wanted;
  }

  /** Wants replications of a scenario; its own number, from the first, unless told. */
  add(scenario: Scenario, from = 0, count = scenario.run.replications): this {
    const patch = patchFrom(
      this.base,
      written(scenario),
    ) as (typeof this.scenarios)[number]["patch"];
    this.scenarios.push({ patch, from, count });
    this.files.push(scenario.files);
    return this;
  }

  cells(): Cells {
    const { base, wanted, scenarios, files } = this;
    const format = "loadstar/cells";
    return new Cells({ format, engine: VERSION, wanted, base, scenarios }, files);
  }
}

/** The same cells have the same id. */
export function idOf(list: CellList): string {
  return sha256(JSON.stringify(list)).slice(0, 16);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** How many cells there are. */
export function sizeOf({ scenarios }: CellList): number {
  return scenarios.reduce((sum, { count }) => sum + count, 0);
}

/** Finds the cells of a list by their numbers. Scenarios are made when they are needed, not before. */
export class Cells {
  readonly list: CellList;
  readonly size: number;
  /** The number of each scenario's first cell. */
  private readonly firsts: readonly number[];
  private readonly files: readonly PinnedFiles[];
  private latest: { readonly at: number; readonly scenario: Scenario } | null = null;

  /** @param files what each scenario replays, where it is on this machine */
  constructor(list: CellList, files: readonly PinnedFiles[] = []) {
    this.list = list;
    this.files = files;
    let size = 0;
    this.firsts = list.scenarios.map(({ count }) => (size += count) - count);
    this.size = size;
  }

  cell(index: number): Cell {
    const at = this.scenarioOf(index);
    const replication = this.list.scenarios[at]!.from + index - this.firsts[at]!;
    return { scenario: this.scenario(at), replication };
  }

  /** Which scenario a cell is of, by its position in the list. */
  scenarioOf(index: number): number {
    let [low, high] = [0, this.firsts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle]! <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The same cells where the files that they replay are found beside a worker; without one of them, its name is thrown. */
  withFiles(locate?: Locate): Cells {
    const beside = new FilesBeside(locate);
    const files = this.list.scenarios.map((_, at) => beside.same(this.writtenAt(at).files));
    return new Cells(this.list, files);
  }

  /** The number of the first cell of a scenario. */
  first(at: number): number {
    return this.firsts[at]!;
  }

  base(): Scenario {
    return readBack(this.list.base);
  }

  scenario(at: number): Scenario {
    if (this.latest?.at !== at)
      this.latest = { at, scenario: readBack(this.writtenAt(at), this.files[at]) };
    return this.latest.scenario;
  }

  /** Why a stranger's list cannot be simulated; null when every scenario of it can. */
  mistake(): string | null {
    const wrong = mistakeIn(this.list.base);
    if (wrong) return wrong;
    for (const at of this.list.scenarios.keys()) {
      const why = this.mistakeAt(at);
      if (why) return `scenario ${at}: ${why}`;
    }
    return null;
  }

  /** Why one scenario of a stranger's list is none. */
  mistakeAt(at: number): string | null {
    try {
      const parsed = writtenSchema.safeParse(this.writtenAt(at));
      return parsed.success
        ? mistakeIn(parsed.data, this.files[at])
        : "it is not written as scenarios are";
    } catch (problem) {
      return (problem as Error).message;
    }
  }

  private writtenAt(at: number): Written {
    return patched(this.list.base, this.list.scenarios[at]!.patch) as Written;
  }
}
