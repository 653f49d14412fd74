/** `loadstar merge`: joins the parts that shards wrote, and tells what they say together. */
import type { Part } from "../../experiment/cells/part.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import type { Concluding, Conclusion } from "../inquiry.ts";
import { interruptible } from "../interrupt.ts";
import { outputFlags } from "../output.ts";
import { Progress, silence } from "../progress.ts";
import { verb } from "../verb.ts";

export const merge = verb({
  usage: "merge <parts..>",
  summary: "Joins the parts that --shard wrote, in any order, into the answer of the whole",
  given: {
    parts: { type: "string", array: true, demandOption: true, describe: "Every part" },
  },
  flags: outputFlags,
  examples: [
    ["$0 merge reports/night/sweep-*-of-7.jsonl", "seven shards of a sweep"],
    ["$0 merge parts/*.jsonl --json --no-report", "as JSON alone"],
  ],

  perform: (asked) =>
    interruptible(async (signal) => {
      const onlooker = asked.quiet
        ? silence
        : new Progress(1, process.stderr, () => performance.now());
      const conclusion = await joinedFrom(asked.parts);
      return conclusion.tell(asked, { onlooker, signal });
    }),
});

async function joinedFrom(paths: readonly string[]): Promise<Conclusion> {
  const { joined, PartRefused } = await import("../../experiment/cells/part.ts");
  const { Cells } = await import("../../experiment/cells/list.ts");
  const { LimitReached } = await import("../../experiment/pool.ts");
  const { partIn } = await import("../kept.ts");
  const parts: Part[] = paths.map((path) => partIn(path, readText(path, RESULT_LIMIT)));
  const refuse = (why: string) => new Stop(exit.files, `${paths[0]}: ${why}`);
  try {
    const { question, answers } = joined(parts);
    const cells = new Cells(question.list);
    const mistake = cells.mistake();
    if (mistake) throw refuse(`has a scenario that cannot be simulated: ${mistake}`);
    const conclusion = await (
      await concluding(question.verb, refuse)
    ).conclude(cells, question.about);
    for (const [cell, answer] of answers) conclusion.onAnswer(cell, answer);
    return conclusion;
  } catch (problem) {
    if (problem instanceof Stop) throw problem;
    if (problem instanceof LimitReached)
      throw new Stop(exit.scenario, `${paths[0]}: ${problem.message}`);
    if (problem instanceof PartRefused) throw new Stop(exit.files, problem.message);
    // Its lines passed every check and still say what no simulation says.
    throw refuse(`does not fit its scenario: ${(problem as Error).message}`);
  }
}

/** The verb that asked. */
async function concluding(word: string, refuse: (why: string) => Stop): Promise<Concluding> {
  if (word === "run") return (await import("./run.ts")).concluding;
  if (word === "compare") return (await import("./compare.ts")).concluding;
  if (word === "sweep") return (await import("./sweep.ts")).concluding;
  throw refuse(`was asked by a verb "${word}", which this Loadstar cannot conclude`);
}
