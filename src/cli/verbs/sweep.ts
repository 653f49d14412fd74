/** `loadstar sweep`: many values of a few inputs, kept as they finish, so that it can be resumed. */
import type { Axis } from "../../experiment/axes.ts";
import type { Cells } from "../../experiment/cells/list.ts";
import type { Measure } from "../../experiment/measures.ts";
import type { Plan } from "../../experiment/sweep.ts";
import type { CellResult } from "../../experiment/sweepResult.ts";
import type { Scenario } from "../../scenario/load.ts";
import { exit, Stop } from "../exit.ts";
import { answer, shardFlags, type Concluding, type Conclusion } from "../inquiry.ts";
import { interruptible } from "../interrupt.ts";
import { loadOrStop } from "../load.ts";
import { outputFlags, tell } from "../output.ts";
import { simulating } from "../simulation.ts";
import { print } from "../terminal.ts";
import {
  overrides,
  queueFlags,
  scenarioFlags,
  simulationFlags,
  verb,
  wholeNumber,
} from "../verb.ts";

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
    ...simulationFlags,
    ...queueFlags,
    ...shardFlags,
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
          const { planId } = await import("../../experiment/sweep.ts");
          const cells = await cellsOf(plan, asked);
          const { design, axes } = plan;
          return answer(
            {
              verb: "sweep",
              cells,
              about: { design, axes },
              folder: `${plan.base.file}/sweep-${planId(plan)}`,
              keeps: true,
              conclude: () => conclusion(cells, plan),
            },
            asked,
            simulation,
          );
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

/** Every point is read before anything is simulated, so that a mistake in one shows at once. */
async function cellsOf({ base, axes, points }: Plan, asked: Asked): Promise<Cells> {
  const { ListBuilder } = await import("../../experiment/cells/list.ts");
  const builder = new ListBuilder(base, "measures");
  for (const point of points) {
    const set = point.map((value, axis) => `${axes[axis]!.path}=${value}`);
    builder.add(await scenarioWith(asked, set), 0, base.run.replications);
  }
  return builder.cells();
}

/** The points of a plan, each with the numbers of its replications. */
export const concluding: Concluding = {
  async conclude(cells, about) {
    const { sweptSchema } = await import("../../experiment/cells/about.ts");
    const { grid, latinHypercube } = await import("../../experiment/axes.ts");
    const { design, axes } = sweptSchema(cells).parse(about);
    const base = cells.base();
    const count = cells.list.scenarios.length;
    const points = design === "grid" ? grid(axes) : latinHypercube(axes, count, base.seed);
    return conclusion(cells, { base, design, axes, points });
  },
};

async function conclusion(cells: Cells, plan: Plan): Promise<Conclusion> {
  const { cellOf, sweepOf } = await import("../../experiment/sweep.ts");
  const { Gathering } = await import("../../experiment/cells/gathering.ts");
  const results: CellResult[] = [];
  const gathering = new Gathering<readonly Measure[]>(
    cells,
    (at, found) => void results.push(cellOf(at, plan.points[at]!, cells.scenario(at), found)),
    (at, stopped) => void results.push(cellOf(at, plan.points[at]!, cells.scenario(at), stopped)),
  );
  return {
    onAnswer: (cell, answer) => gathering.add(cell, answer),
    async tell(asked, simulation) {
      const found = sweepOf(plan, results);
      const { renderSweep, sweepTerminal } = await import("../../report/sweep.ts");
      await tell({
        asked,
        simulation,
        folder: `${found.scenario}/sweep-${found.runId}`,
        render: (options) => renderSweep(found, options),
        print: (options) =>
          print(asked.json ? JSON.stringify(found, null, 2) : sweepTerminal(found, options)),
      });
      return exit.met;
    },
  };
}
