/** `loadstar run --drill`: breaks one thing at a time at the peak and sees which promises survive. */
import type { RunRecord } from "../experiment/replication.ts";
import type { DrillTrial, Result } from "../experiment/result.ts";
import type { Scenario } from "../scenario/load.ts";
import { exit, Stop } from "./exit.ts";
import type { Simulation } from "./simulation.ts";

/** A drill is judged by what was promised. */
export function refuseUnjudged({ file, objectives }: Scenario): void {
  if (objectives.length > 0) return;
  throw new Stop(exit.scenario, `${file}: --drill judges objectives, and there are none`);
}

/** The Result of a run with the drill that was held after it. */
export async function withDrill(
  scenario: Scenario,
  result: Result,
  { hands, onlooker }: Simulation,
): Promise<Result> {
  const { drillOf, drillsOf, peakOf, trialOf } = await import("../experiment/drill.ts");
  const { assemble } = await import("../experiment/assemble.ts");
  const { ListBuilder } = await import("../experiment/cells/list.ts");
  const { firstCause } = await import("../report/why/firstCause.ts");
  const moment = peakOf(scenario, result);
  const drills = drillsOf(scenario, moment);
  const cause = (found: Result, of: string | null) => firstCause(found, moment.at / 1e9, of);
  const list = new ListBuilder(scenario, "record");
  for (const drill of drills) list.add(drill.scenario);
  const before = result.run.replications;
  onlooker.expect(before + drills.length);
  const trials: DrillTrial[] = [];
  await hands.simulate({
    cells: list.cells(),
    wanted: drills.map((_, at) => at),
    onAnswer(at, answer) {
      onlooker.advance(before + at, 1);
      const drill = drills[at]!;
      if ("stopped" in answer) return void (trials[at] = trialOf(drill, answer.stopped, cause));
      const found = assemble(drill.scenario, [answer.found as RunRecord]);
      trials[at] = trialOf(drill, found, cause);
    },
    onShare: (at, share) => onlooker.advance(before + at, share),
  });
  return { ...result, drill: drillOf(moment, trials) };
}
