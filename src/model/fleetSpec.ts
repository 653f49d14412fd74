/** What a user may write about the machines a part runs on, and the fleet it makes. */
import { z } from "zod";
import { make } from "../schema/definition.ts";
import { count, duration, name, text } from "../schema/fields.ts";
import { distributions, distributionSchema } from "../statistics/distributions/index.ts";
import { Fleet } from "./fleet.ts";
import type { PartContext } from "./parts/part.ts";

export const fleetSchema = z
  .strictObject({
    type: text(
      "Instance type, as the price catalogue or `cost.prices` names it; without one the fleet costs nothing and has one core an instance.",
    ).optional(),
    instances: count("Instances at the start of the run.", { min: 1, max: 100_000 }).default(1),
    zones: z
      .array(name("A zone."))
      .min(1)
      .describe("Zones the instances are spread over, evenly.")
      .default(["a"]),
    weights: z
      .array(count("A weight.", { min: 1, max: 1000 }))
      .min(1)
      .describe("Weights for balancers that heed them, dealt to the instances in turn.")
      .default([1]),
    provisioning: duration("From the request for a machine to its start.").prefault("0 s"),
    "start-up": distributionSchema
      .describe("From the start of a machine to its first call; measure yours.")
      .prefault("30 s"),
    "drain-timeout": duration(
      "How long an instance that is scaled in may finish its calls before it is stopped.",
    ).prefault("30 s"),
    "replace-after": duration(
      "How long after a crash that nothing repairs the fleet launches another instance; without it, never.",
    ).optional(),
  })
  .describe("The machines a part runs on.");

export type FleetSpec = z.output<typeof fleetSchema>;

export function makeFleet(spec: FleetSpec, { name: part, world, coresOf }: PartContext): Fleet {
  const random = world.stream(part, "start-up");
  const options = {
    part,
    type: spec.type ?? null,
    cores: spec.type === undefined ? 1 : coresOf(spec.type),
    instances: spec.instances,
    zones: spec.zones,
    weights: spec.weights,
    provisioning: spec.provisioning,
    startUp: make(distributions, spec["start-up"], { random }),
    drainTimeout: spec["drain-timeout"],
    replaceAfter: spec["replace-after"] ?? null,
  };
  return new Fleet(options, world.agenda, world.journal, world.zones);
}
