/** Plays cases: every replication of every case is a task for whoever is free. */
import { assemble } from "../../src/experiment/assemble.ts";
import type { RunRecord } from "../../src/experiment/replication.ts";
import type { Scenario } from "../../src/scenario/load.ts";
import { replicationsOf, scenarioOf, type Family, type Playing, type Simulated } from "./case.ts";
import { check, judge, type Finding, type Verdict } from "./judge.ts";

/** Runs one replication: here, or on another thread. */
export type Runner = (scenario: Scenario, replication: number) => Promise<RunRecord>;

export interface Played {
  readonly run: Runner;
  /** How many times as long as the cases say; 1 unless given. */
  readonly length?: number;
  /** Hears of every replication that is done. */
  onDone?(): void;
  /** Hears how many more replications there will be. */
  onMore?(replications: number): void;
}

/** The luck of the first look, and of the second. */
export const FIRST = "accuracy";
const SECOND = "accuracy again";
/** A case that disagreed is looked at so many times as long. */
const LONGER = 4;

/** Verdicts in the order of the cases, whoever is done first. */
export async function play(families: readonly Family[], how: Played): Promise<Verdict[]> {
  return Promise.all(
    families.flatMap(({ name: family, cases }) =>
      cases.map(async (of): Promise<Verdict> => {
        if ("worked" in of) return { family, of, findings: of.worked().map(check), again: null };
        const length = of.replications === 1 ? 1 : (how.length ?? 1);
        const findings = await replicate(of, { length, luck: FIRST }, how);
        if (findings.every(({ agrees }) => agrees) || of.replications === 1)
          return { family, of, findings, again: null };
        const longer = { length: length * LONGER, luck: SECOND };
        how.onMore?.(replicationsOf(of, longer));
        const again = await replicate(of, longer, how);
        return { family, of, findings, again };
      }),
    ),
  );
}

async function replicate(one: Simulated, playing: Playing, how: Played): Promise<Finding[]> {
  const scenario = scenarioOf(one, playing);
  const rows = await Promise.all(
    Array.from({ length: replicationsOf(one, playing) }, async (_, replication) => {
      const record = await how.run(scenario, replication);
      const result = assemble(scenario, [record]);
      how.onDone?.();
      return one.claims.map(([reading]) => reading.of(result, record));
    }),
  );
  return one.claims.map((claim, at) =>
    judge(
      claim,
      rows.map((row) => row[at]!),
    ),
  );
}
