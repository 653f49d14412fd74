/** What every verb that simulates needs: workers, an onlooker, and an end for both. */
import { availableParallelism } from "node:os";
import type { Pool } from "../experiment/pool.ts";
import { exit, Stop } from "./exit.ts";
import { Progress, silence, type Onlooker } from "./progress.ts";

export interface Simulation {
  readonly pool: Pool;
  readonly onlooker: Onlooker;
  readonly signal: AbortSignal;
}

export interface Wishes {
  readonly jobs?: number | undefined;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
  /** The scenario, for messages. */
  readonly file: string;
}

/** Works with a pool that is closed at the end, however it ends. A limit that was met is the scenario's fault. */
export async function simulating<Answer>(
  { jobs, quiet, signal, file }: Wishes,
  work: (simulation: Simulation) => Promise<Answer>,
): Promise<Answer> {
  const { LimitReached, Pool } = await import("../experiment/pool.ts");
  const onlooker = quiet ? silence : new Progress(1, process.stderr, () => performance.now());
  const pool = new Pool({ jobs: jobs ?? availableParallelism(), signal });
  try {
    return await work({ pool, onlooker, signal });
  } catch (problem) {
    if (!(problem instanceof LimitReached)) throw problem;
    throw new Stop(exit.scenario, `${file}: ${problem.message}`);
  } finally {
    onlooker.end();
    await pool.close();
  }
}
