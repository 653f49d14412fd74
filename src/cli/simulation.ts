/** What every verb that simulates needs: hands that do it, an onlooker, and an end for both. */
import { availableParallelism } from "node:os";
import type { Hands } from "../experiment/cells/hands.ts";
import { exit, Stop } from "./exit.ts";
import { Progress, silence, type Onlooker } from "./progress.ts";

export interface Simulation {
  readonly hands: Hands;
  readonly onlooker: Onlooker;
  readonly signal: AbortSignal;
}

export interface Wishes {
  readonly jobs?: number | undefined;
  /** Where workers on other machines look for work; without it, threads of this one do it. */
  readonly queue?: string | undefined;
  readonly priority?: number | undefined;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
  /** The scenario, for messages. */
  readonly file: string;
}

/** Works with hands that are let go at the end, however it ends. A limit that was met is the scenario's fault. */
export async function simulating<Answer>(
  wishes: Wishes,
  work: (simulation: Simulation) => Promise<Answer>,
): Promise<Answer> {
  const { LimitReached } = await import("../experiment/pool.ts");
  const { quiet, signal, file } = wishes;
  const onlooker = quiet ? silence : new Progress(1, process.stderr, () => performance.now());
  const hands = await handsFor(wishes);
  try {
    return await work({ hands, onlooker, signal });
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    throw new Stop(exit.scenario, `${file}: ${problem.message}`);
  } finally {
    onlooker.end();
    await hands.close();
  }
}

async function handsFor({ jobs, queue, priority, signal }: Wishes): Promise<Hands> {
  if (queue !== undefined) {
    const { openQueue } = await import("./queue/hands.ts");
    return openQueue({ address: queue, priority, signal });
  }
  const { Pool } = await import("../experiment/pool.ts");
  return new Pool({ jobs: jobs ?? availableParallelism(), signal });
}
