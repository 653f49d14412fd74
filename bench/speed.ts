/**
 * Workloads and floors, timed in turn: every round runs each of them once, in a process of its own.
 *
 * Other work may share the machine, so time is the CPU time the child used, and the interleaving
 * lets a bad moment hurt all alike.
 */
import { Bench } from "tinybench";
import { Child } from "./children.ts";
import type { Timed } from "./child.ts";
import type { Work } from "./publicPath.ts";
import { workloads, type BenchWorkload } from "./workloads.ts";

export interface Speed {
  readonly workload: string;
  readonly what: string;
  /** The scenario as users run it, the same run with events throughout, or the floor. */
  readonly path: "scenario" | "events" | "floor";
  readonly work: Work;
  /** CPU time of one run: the least and the middle one of the rounds [ms]. */
  readonly cpuMin: number;
  readonly cpuMedian: number;
  /** Mean latency that theory expects [ns], or why there is none. */
  readonly theory: number | string;
}

export interface SpeedOptions {
  readonly rounds: number;
  /** Runs before the timed ones, for the compiler. */
  readonly warmUpRounds: number;
  /** Small runs. */
  readonly quick: boolean;
}

interface Contender {
  readonly workload: BenchWorkload;
  readonly path: Speed["path"];
  readonly child: Child;
  last: Work | null;
}

export async function measureSpeed(options: SpeedOptions): Promise<Speed[]> {
  const contenders = workloads.flatMap((workload) => contendersFor(workload, options.quick));
  const turns = new Turns(contenders.length);
  const bench = new Bench({
    concurrency: "bench", // all tasks are under way at once, and take turns
    iterations: options.rounds,
    time: 0,
    warmupIterations: options.warmUpRounds,
    warmupTime: 0,
    throws: true,
  });
  contenders.forEach((contender, place) => {
    const name = `${contender.workload.name} ${contender.path}`;
    const run = async () => {
      await turns.mine(place);
      const { work, cpu } = await contender.child.ask<Timed>(0);
      keepSame(contender, work);
      turns.pass();
      return { overriddenDuration: cpu };
    };
    bench.add(name, run, { async: true });
  });
  try {
    await bench.run();
  } finally {
    for (const { child } of contenders) child.dismiss();
  }
  return contenders.map(({ workload, path, last }, place) => {
    const { result } = bench.tasks[place]!;
    if (result.state !== "completed" || last === null) throw new Error(`${workload.name} failed`);
    const { min: cpuMin, p50: cpuMedian } = result.latency;
    const { name, what, theory } = workload;
    return { workload: name, what, path, work: last, cpuMin, cpuMedian, theory };
  });
}

function contendersFor(workload: BenchWorkload, quick: boolean): Contender[] {
  const set = quick ? workload.small : [];
  const paths: Speed["path"][] = ["scenario"];
  if (workload.computed) paths.push("events");
  if (workload.floor !== null) paths.push("floor");
  return paths.map((path) => {
    const engine = path === "events" ? ["run.engine=events"] : [];
    const measure = path === "floor" ? "floor" : "scenario";
    const child = new Child({ measure, workload: workload.name, set: [...set, ...engine] });
    return { workload, path, child, last: null };
  });
}

/** The same work every round, or the timing would compare apples with pears. */
function keepSame(contender: Contender, work: Work): void {
  if (contender.last !== null && contender.last.checksum !== work.checksum)
    throw new Error(`${contender.workload.name}: two runs of one seed did not do the same`);
  contender.last = work;
}

/** One at a time, in a fixed order, round after round. */
class Turns {
  private turn = 0;
  private readonly players: number;
  private readonly waiting = new Map<number, () => void>();

  constructor(players: number) {
    this.players = players;
  }

  mine(player: number): Promise<void> {
    if (player === this.turn) return Promise.resolve();
    return new Promise((resume) => this.waiting.set(player, resume));
  }

  pass(): void {
    this.turn = (this.turn + 1) % this.players;
    const resume = this.waiting.get(this.turn);
    this.waiting.delete(this.turn);
    resume?.();
  }
}
