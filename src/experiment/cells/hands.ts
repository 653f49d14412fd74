/**
 * Whoever simulates the cells of a list: threads of this machine, or workers on others. They say
 * what came of each cell in any order, and perhaps more than once; the answer never depends on who
 * they are.
 */
import { LimitReached } from "../../kernel/limit.ts";
import type { Scenario } from "../../scenario/language.ts";
import type { Measure } from "../measures.ts";
import type { RunRecord } from "../replication.ts";
import { ListBuilder, type Cells, type Wanted } from "./list.ts";
import type { Answer } from "./lines.ts";

/** What hands are asked to do. */
export interface Work {
  readonly cells: Cells;
  /** The numbers of the cells that are wanted. */
  readonly wanted: readonly number[];
  /** Hears what came of each, once. */
  onAnswer(cell: number, answer: Answer): void;
  /** Hears how much of a cell is done [0 to 1], where that is known before its end. */
  onShare?(cell: number, share: number): void;
}

export interface Hands {
  /** Simulates cells until all were answered. */
  simulate(work: Work): Promise<void>;
  close(): Promise<void>;
}

/** Replications of one scenario. */
export interface Asked {
  readonly scenario: Scenario;
  /** The first, and how many. */
  readonly from: number;
  readonly count: number;
  onShare?(replication: number, share: number): void;
}

/** The records of some replications, in their order. A limit that one of them met is thrown. */
export function recordsOf(hands: Hands, asked: Asked): Promise<RunRecord[]> {
  return replicationsOf(hands, "record", asked) as Promise<RunRecord[]>;
}

/** Only their numbers. */
export function measuredBy(hands: Hands, asked: Asked): Promise<Measure[][]> {
  return replicationsOf(hands, "measures", asked) as Promise<Measure[][]>;
}

async function replicationsOf(
  hands: Hands,
  wanted: Wanted,
  { scenario, from, count, onShare }: Asked,
): Promise<unknown[]> {
  const cells = new ListBuilder(scenario, wanted).add(scenario, from, count).cells();
  const answers: Answer[] = [];
  await hands.simulate({
    cells,
    wanted: Array.from({ length: count }, (_, at) => at),
    onAnswer: (cell, answer) => (answers[cell] = answer),
    onShare: (cell, share) => onShare?.(from + cell, share),
  });
  return answers.map(foundIn);
}

/** What was found, or the limit that was met, thrown. */
export function foundIn(answer: Answer) {
  if ("stopped" in answer) throw new LimitReached(answer.stopped);
  return answer.found;
}
