/**
 * The process a model is measured in. It is told once what to measure, then asked again and again.
 *
 * One model per process, because V8 compiles for what it has seen: models that share the kernel in
 * one process slow each other down by up to a quarter.
 */
import { growUp } from "../src/experiment/young.ts";
import type { Work } from "./publicPath.ts";

// As in a worker of the program.
const { curves } = await import("./growth/index.ts");
const { runFloor, runScenario, scenarioFor } = await import("./publicPath.ts");
const { workloadNamed } = await import("./workloads.ts");

interface RunRole {
  readonly measure: "scenario" | "floor";
  readonly workload: string;
  /** Replacements in the scenario: "run.duration=20 s". */
  readonly set: readonly string[];
}

interface CurveRole {
  readonly measure: "curve";
  /** Title of the curve. */
  readonly curve: string;
  readonly quick: boolean;
}

/** What a child measures. */
export type Role = RunRole | CurveRole;

/** What one run did and the CPU time it took [ms]. */
export interface Timed {
  readonly work: Work;
  readonly cpu: number;
}

const role = JSON.parse(process.argv[2]!) as Role;
const answer = role.measure === "curve" ? pointOf(role) : timedRun(role);

process.on("message", (question: number) => {
  process.send!(answer(question));
  growUp();
});

function timedRun({ measure, workload: name, set }: RunRole): () => Timed {
  const workload = workloadNamed(name);
  const scenario = scenarioFor(workload, set);
  return () => {
    const before = process.cpuUsage();
    const work = measure === "floor" ? runFloor(workload, scenario) : runScenario(scenario);
    const { user, system } = process.cpuUsage(before);
    return { work, cpu: (user + system) / 1000 };
  };
}

/** A curve is asked for the position of a size. */
function pointOf({ curve: name, quick }: CurveRole) {
  const curve = curves.find(({ title }) => title === name)!;
  return (position: number) => curve.measure(curve.sizes[position]!, quick);
}
