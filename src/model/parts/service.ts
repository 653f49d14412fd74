/** A service: instances with slots that serve named operations step by step. */
import { z } from "zod";
import type { Issue } from "../../schema/issue.ts";
import { choice } from "../../schema/fields.ts";
import { distributionSchema } from "../../statistics/distributions/index.ts";
import { hardwareFields, missingFrom, type HardwareSpec } from "../hardware.ts";
import { needsOf, referencesOf, stepSchema, type StepSpec } from "../steps/index.ts";
import { ANY_OPERATION, part } from "./part.ts";
import { presetField } from "../presets/index.ts";
import { makeServing, servingFields } from "./serving.ts";

interface Program {
  readonly work?: z.output<typeof distributionSchema> | undefined;
  readonly operations?: Readonly<Record<string, readonly StepSpec[]>> | undefined;
}

export const service = part({
  kind: "service",
  summary: "Instances with slots and a queue that serve operations step by step.",
  options: {
    preset: presetField("service"),
    ...servingFields,
    ...hardwareFields,
    "while-calling": choice(
      "Whether a call keeps its slot while it waits for calls it has made (a thread does) or gives it to another (an event loop does).",
      ["hold", "release"],
    ).default("hold"),
    work: distributionSchema
      .describe("The whole of a service that does one thing: the time every call takes.")
      .optional(),
    operations: z
      .record(z.string(), z.array(stepSchema))
      .describe(
        "What serving a call takes, by operation: the name of the request class, or what callers write after the dot. `default` serves every other name.",
      )
      .optional(),
  },
  check: (options) => [
    ...((options.work === undefined) === (options.operations === undefined)
      ? [{ path: [], message: "a service has either `work` for every call or named `operations`" }]
      : []),
    ...undeclared(options),
  ],
  hasFleet: true,
  hasSlots: true,
  operations: (options) => [...programsOf(options).keys()],
  references: ({ operations = {} }) =>
    Object.entries(operations).flatMap(([name, steps]) =>
      referencesOf(steps, ["operations", name]),
    ),
  create(options, context) {
    return makeServing(
      {
        ...options,
        hardware: options,
        operations: programsOf(options),
        holdsSlotWhileCalling: options["while-calling"] === "hold",
      },
      context,
    );
  },
});

/** Steps that need what the service does not say it has. */
function undeclared(options: Program & HardwareSpec): Issue[] {
  return Object.entries(options.operations ?? {}).flatMap(([name, steps]) =>
    needsOf(steps, ["operations", name])
      .filter(({ needs }) => missingFrom(options, needs))
      .map(({ path, needs }) => ({
        path,
        message: `the instances have no \`${needs}\`; expected it beside \`operations\``,
      })),
  );
}

/** The steps of each operation; `work` alone is one operation for every name. */
function programsOf({ work, operations }: Program): ReadonlyMap<string, readonly StepSpec[]> {
  const programs = new Map<string, readonly StepSpec[]>(Object.entries(operations ?? {}));
  if (work !== undefined) programs.set(ANY_OPERATION, [{ work }]);
  return programs;
}
