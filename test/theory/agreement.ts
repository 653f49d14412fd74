/**
 * Whether the simulator agrees with a formula.
 *
 * A trial is read once, as users write it, and simulated several times. Each replication is a run of
 * its own with a Result of its own, so that whatever a Result tells can be compared. The formula must
 * lie in Student's interval over the replications, and the interval must be narrow, or agreeing would
 * mean nothing. A trial takes as long as that needs: a narrower interval is asked for by its width.
 *
 * Of a thousand true formulas one misses such an interval by bad luck. So a trial with a miss is
 * repeated once, four times as long and with another seed, and that one decides.
 */
import { expect } from "vitest";
import { readNothing } from "../../src/cli/files.ts";
import { assemble } from "../../src/experiment/assemble.ts";
import { simulate } from "../../src/experiment/replication.ts";
import type { Result } from "../../src/experiment/result.ts";
import { loadScenario, type Scenario } from "../../src/scenario/load.ts";
import { contains, studentInterval, type Estimate } from "../../src/statistics/intervals.ts";
import type { Platform } from "./platforms.ts";
import type { Reading } from "./readings.ts";

export interface Trial extends Platform {
  /** Simulated before anything is measured [s]; none unless given. */
  readonly warmUpSeconds?: number;
  /** Measured in each replication [s]. */
  readonly seconds: number;
  /** 32 unless given. */
  readonly replications?: number;
}

/** What is read, what the formula says, and the widest half-width, as a share of that: 2 % unless given. */
export type Claim = readonly [reading: Reading, theory: number, width?: number];

const CONFIDENCE = 0.999;
const WIDTH = 0.02;

/** Fails with a sentence for each claim that the simulator does not bear out. */
export async function agree(trial: Trial, claims: readonly Claim[]): Promise<void> {
  const first = judge(await replicate(trial, "1"), claims);
  if (first.every(({ agrees }) => agrees)) return;
  const second = judge(await replicate({ ...trial, seconds: trial.seconds * 4 }, "2"), claims);
  const misses = claims.flatMap(([{ name }, theory], index) =>
    second[index]!.agrees
      ? []
      : [
          `${name}: theory says ${theory}, measured ${first[index]!.words}, ` +
            `and in runs four times as long ${second[index]!.words}`,
        ],
  );
  if (misses.length > 0) expect.fail(misses.join("\n"));
}

/** The Results of independent runs of a trial. */
export async function replicate(trial: Trial, seed: string): Promise<Result[]> {
  const { warmUpSeconds = 0, seconds, replications = 32, ...platform } = trial;
  const duration = `${warmUpSeconds + seconds} s`;
  const scenario = loaded({
    title: "A platform of the textbook",
    run: { duration, "warm-up": `${warmUpSeconds} s`, window: duration },
    ...platform,
  });
  return Array.from({ length: replications }, (_, index) => {
    const lucky = { ...scenario, seed: `${seed}-${index + 1}` };
    return assemble(lucky, [simulate(lucky, 0)]);
  });
}

function loaded(scenario: object): Scenario {
  const files = { file: "scenario.yaml", readFile: readNothing, locate: readNothing };
  const read = { ...files, text: JSON.stringify(scenario), set: [], variant: null };
  const result = loadScenario(read);
  if (!result.ok) throw new Error(result.report({ colour: false }));
  return result.scenario;
}

interface Verdict {
  readonly agrees: boolean;
  readonly words: string;
}

function judge(results: readonly Result[], claims: readonly Claim[]): Verdict[] {
  return claims.map(([reading, theory, width = WIDTH]) => {
    const estimate = studentInterval(results.map(reading.of), CONFIDENCE);
    const coarse = widened(estimate, reading.resolution * Math.abs(theory));
    const narrow = estimate.halfWidth! <= width * Math.abs(theory);
    return {
      agrees: contains(coarse, theory) && narrow,
      words: `${estimate.mean} ± ${estimate.halfWidth}${narrow ? "" : " (too wide)"}`,
    };
  });
}

function widened({ mean, halfWidth }: Estimate, by: number): Estimate {
  return { mean, halfWidth: halfWidth! + by };
}
