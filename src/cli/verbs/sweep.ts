/** `loadstar sweep`: many values of a few inputs, kept as they finish, so that it can be resumed. */
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Axis } from "../../experiment/axes.ts";
import type { Plan } from "../../experiment/sweep.ts";
import type { CellResult } from "../../experiment/sweepResult.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { readText, RESULT_LIMIT } from "../files.ts";
import { interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import { outputFlags, tell } from "../output.ts";
import { simulating, type Simulation } from "../simulation.ts";
import { note, print } from "../terminal.ts";
import { overrides, scenarioFlags, simulationFlags, verb, wholeNumber } from "../verb.ts";

export const sweep = verb({
  usage: "sweep <file>",
  summary: "Simulates many values of some inputs, and says which input matters",
  given: {
    file: { type: "string", demandOption: true, describe: "Scenario" },
  },
  flags: {
    vary: {
      type: "string",
      array: true,
      nargs: 1,
      demandOption: true,
      describe:
        "path=4..40:4, path=1..1000:x10, path=1 s..9 s:log5 or path=a,b,c; several make a grid",
    },
    "latin-hypercube": {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--latin-hypercube", 2),
      describe: "So many cells spread over all inputs instead of the whole grid",
    },
    replications: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--replications", 1),
      describe: "Independent runs of each cell [default: as the scenario says]",
    },
    resume: {
      type: "boolean",
      default: false,
      describe: "Go on with the cells an interrupted sweep kept",
    },
    ...simulationFlags,
    ...scenarioFlags,
    ...outputFlags,
  },
  examples: [
    ["$0 sweep night.yaml --vary parts.web.fleet.instances=4..40:4", "ten fleets"],
    [
      "$0 sweep night.yaml --vary parts.web.slots=4,8,16 --vary parts.web.fleet.instances=2..8",
      "a grid",
    ],
    [
      "$0 sweep night.yaml --vary a.b=1..9 --vary c.d=1..99 --latin-hypercube 40",
      "forty cells of it",
    ],
  ],

  perform: (asked) =>
    interruptible(
      (signal) =>
        simulating({ ...asked, signal }, async (simulation) => {
          const plan = await planFor(asked);
          const { planId, sweepOf } = await import("../../experiment/sweep.ts");
          const folder = `${plan.base.file}/sweep-${planId(plan)}`;
          const kept = new Kept(asked["no-report"] ? null : `${join(asked.out, folder)}.jsonl`);
          const cells = await simulated(plan, asked, { ...simulation, kept });
          const found = sweepOf(plan, cells);
          const { renderSweep, sweepTerminal } = await import("../../report/sweep.ts");
          await tell({
            asked,
            simulation,
            folder,
            render: (options) => renderSweep(found, options),
            print: (options) =>
              print(asked.json ? JSON.stringify(found, null, 2) : sweepTerminal(found, options)),
          });
          kept.remove();
          return exit.met;
        }),
      asked["no-report"] ? undefined : "finished cells are kept, --resume goes on with them",
    ),
});

interface Asked {
  readonly file: string;
  readonly vary: readonly string[];
  readonly "latin-hypercube"?: number | undefined;
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
  readonly variant?: string | undefined;
  readonly resume: boolean;
}

async function planFor(asked: Asked): Promise<Plan> {
  const { grid, latinHypercube, MOST_CELLS, parseAxis } = await import("../../experiment/axes.ts");
  const axes: Axis[] = asked.vary.map((text) => {
    const axis = parseAxis(text);
    if (typeof axis === "string") throw new Stop(exit.commandLine, `--vary ${text}: ${axis}`);
    return axis;
  });
  const base = await scenarioWith(asked, []);
  const size =
    asked["latin-hypercube"] ?? axes.reduce((cells, { values }) => cells * values.length, 1);
  if (size > MOST_CELLS)
    throw new Stop(
      exit.commandLine,
      `the sweep has ${size} cells, at most ${MOST_CELLS} are simulated; take larger steps or --latin-hypercube`,
    );
  return asked["latin-hypercube"] === undefined
    ? { base, axes, design: "grid", points: grid(axes) }
    : { base, axes, design: "latin-hypercube", points: latinHypercube(axes, size, base.seed) };
}

function scenarioWith(asked: Asked, more: readonly string[]): Promise<Scenario> {
  const { file, set, variant } = asked;
  return loadOrStop({ file, set: [...set, ...overrides(asked), ...more], variant });
}

/** Every cell that was not kept; all are read first, so that a mistake in one shows at once. */
async function simulated(
  plan: Plan,
  asked: Asked,
  { pool, onlooker, kept }: Simulation & { readonly kept: Kept },
): Promise<CellResult[]> {
  const before = await kept.open(asked.resume);
  const known = new Set(before.map(({ index }) => index));
  const wanted: { index: number; scenario: Scenario }[] = [];
  for (const [index, point] of plan.points.entries()) {
    if (known.has(index)) continue;
    const set = point.map((value, axis) => `${plan.axes[axis]!.path}=${value}`);
    wanted.push({ index, scenario: await scenarioWith(asked, set) });
  }
  if (known.size > 0) note(`resumed: ${known.size} of ${plan.points.length} cells were kept`);
  const { replications } = plan.base.run;
  onlooker.expect(Math.max(1, wanted.length * replications));
  const { cellOf } = await import("../../experiment/sweep.ts");
  const { LimitReached } = await import("../../experiment/pool.ts");
  const fresh = wanted.map(async ({ index, scenario }, order) => {
    const measured = Array.from({ length: replications }, (_, replication) =>
      pool.measures(scenario, replication, (share) =>
        onlooker.advance(order * replications + replication, share),
      ),
    );
    const found = await Promise.all(measured).catch((problem: unknown) => {
      if (!(problem instanceof LimitReached)) throw problem;
      return problem.message;
    });
    const cell = cellOf(index, plan.points[index]!, scenario, found);
    kept.add(cell);
    return cell;
  });
  return [...before, ...(await Promise.all(fresh))].filter(
    ({ index }) => index < plan.points.length,
  );
}

/** Cells on the disk, a line of JSON each, from the first to the last of an interrupted sweep. */
class Kept {
  private readonly path: string | null;

  constructor(path: string | null) {
    this.path = path;
  }

  /** What was kept, if it is to be used. What nobody asked for is not thrown away either. */
  async open(resume: boolean): Promise<CellResult[]> {
    const { path } = this;
    if (path === null) return [];
    if (!existsSync(path)) {
      mkdirSync(dirname(path), { recursive: true });
      return [];
    }
    if (!resume)
      throw new Stop(
        exit.files,
        `${path}: an interrupted sweep kept its cells here; --resume goes on with them, deleting the file begins again`,
      );
    const { cellResult } = await import("../../experiment/sweepResult.ts");
    const cells = new Map<number, CellResult>();
    for (const line of readText(path, RESULT_LIMIT).split("\n")) {
      // The last line of a program that was killed may be half of one.
      const parsed = cellResult.safeParse(jsonOrNull(line));
      if (parsed.success) cells.set(parsed.data.index, parsed.data);
    }
    const whole = [...cells.values()];
    writeFileSync(path, whole.map((cell) => `${JSON.stringify(cell)}\n`).join(""));
    return whole;
  }

  add(cell: CellResult): void {
    if (this.path !== null) appendFileSync(this.path, `${JSON.stringify(cell)}\n`);
  }

  remove(): void {
    if (this.path !== null) rmSync(this.path, { force: true });
  }
}

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
