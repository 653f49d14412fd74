/** What the calls at one instance share beside its slots: cores, disk, network and memory. */
import { z } from "zod";
import { SECOND, type Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { bytes, choice, count } from "../schema/fields.ts";
import { formatBytes } from "../schema/format.ts";
import { distributions, distributionSchema } from "../statistics/distributions/index.ts";
import { seconds, type Fleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { PartContext } from "./parts/part.ts";
import type { ResourceName } from "./resource.ts";
import type { MemoryLimit } from "./serviceOptions.ts";
import type { ResourcePlan } from "./station.ts";

const sharingField = choice(
  "How calls share it: `fcfs` serves them one by one in order of coming, `processor-sharing` all at once and evenly, as the scheduler of an operating system or many connections on one line do.",
  ["fcfs", "processor-sharing"],
);

export const hardwareFields = {
  cpu: z
    .strictObject({ sharing: sharingField.default("fcfs") })
    .describe("How `cpu` steps share the cores of an instance, whose number its type says.")
    .prefault({}),
  disk: z
    .strictObject({
      iops: count("Operations it makes in a second at full load.", { min: 1, max: 1e9 }),
      "at-once": count("Operations it works on at the same time.", { min: 1, max: 1024 }).default(
        1,
      ),
    })
    .describe("The disk of an instance, for `disk` steps; first come, first served.")
    .optional(),
  network: z
    .strictObject({
      "bytes-per-second": bytes("What it carries in a second.", { min: 1 }),
      sharing: sharingField.default("processor-sharing"),
    })
    .describe("The network of an instance, for `network` steps.")
    .optional(),
  memory: z
    .strictObject({
      size: bytes("What calls may hold together on one instance."),
      "when-full": choice(
        "What follows when a call asks for more than there is: the instance is killed and starts again, or the call fails with an error.",
        ["kill", "fail"],
      ).default("kill"),
      restart: distributionSchema
        .describe(
          "From the death until the instance begins to start again; its start-up time follows.",
        )
        .prefault("1 s"),
    })
    .describe("The memory of an instance, for `hold` steps.")
    .optional(),
};

const hardwareSchema = z.strictObject(hardwareFields);
export type HardwareSpec = z.output<typeof hardwareSchema>;

/** The resources that stations must have for what the steps need. */
export function resourcesOf(
  { cpu, disk, network }: HardwareSpec,
  needs: ReadonlySet<string>,
  cores: number,
): ResourcePlan[] {
  const all: ResourcePlan[] = [
    { name: "cpu", servers: cores, sharing: cpu.sharing },
    { name: "disk", servers: disk?.["at-once"] ?? 0, sharing: "fcfs" },
    { name: "network", servers: 1, sharing: network?.sharing ?? "fcfs" },
  ];
  return all.filter(({ name }) => needs.has(name));
}

/** The time one operation of the disk, or one byte on the network, takes [ns]. */
export function unitTime({ disk, network }: HardwareSpec, of: "disk" | "network"): Duration {
  if (of === "disk") return (SECOND * disk!["at-once"]) / disk!.iops;
  return SECOND / network!["bytes-per-second"];
}

/** Which of what the steps need is not there; memory, disk and network must be declared. */
export function missingFrom(spec: Partial<HardwareSpec>, need: ResourceName | "memory"): boolean {
  return need !== "cpu" && spec[need] === undefined;
}

export function memoryLimit(
  { memory }: HardwareSpec,
  fleet: Fleet,
  { name, world }: PartContext,
): MemoryLimit | null {
  if (memory === undefined) return null;
  const { size } = memory;
  if (memory["when-full"] === "fail") return { size, exceeded: null };
  const random = world.stream(name, "restart after running out of memory");
  const restart = make(distributions, memory.restart, { random });
  const kill = (instance: Instance, asked: number) => {
    const pause = restart.sample();
    const entry = world.journal.note({
      plane: "fate",
      part: name,
      instance: instance.name,
      what: "out of memory",
      reason: `${formatBytes(asked)} more than ${formatBytes(size)} asked for; starts again after ${seconds(pause)}`,
    });
    fleet.crash(instance, false);
    const { life } = instance;
    world.agenda.after(pause, () => {
      entry.until = world.agenda.now;
      if (instance.state === "crashed" && instance.life === life) fleet.restart(instance);
    });
  };
  return {
    size,
    exceeded(instance, asked) {
      // Not at once: whoever asked is in the middle of taking a step.
      const { life } = instance;
      world.agenda.after(0, () => {
        if (instance.serving && instance.life === life) kill(instance, asked);
      });
    },
  };
}
