/** What a user may write about the machines a part runs on, and the fleet it makes. */
import { z } from "zod";
import { make } from "../schema/definition.ts";
import { bytes, choice, count, duration, factor, name, text } from "../schema/fields.ts";
import { distributions, distributionSchema } from "../statistics/distributions/index.ts";
import { found } from "./entries.ts";
import { Fleet, type FleetOptions } from "./fleet.ts";
import type { PodOptions } from "./lodging.ts";
import type { PartContext } from "./parts/part.ts";
import { Protection, protectionSchema } from "./protection.ts";
import { terminations, terminationSchema } from "./terminations/index.ts";
import { WarmPool, warmPoolSchema } from "./warmPool.ts";
import { Standby, standbySchema } from "./standby.ts";
import type { World } from "./world.ts";

const podSchema = z
  .strictObject({
    cores: factor("Cores that one asks for; a thousandth is the least.", {
      min: 0.001,
      max: 1000,
    }).default(1),
    memory: bytes("Memory that one asks for.").prefault("0 B"),
    "image-pull": distributionSchema
      .describe("Fetching the image to a node, before the start-up; measure yours.")
      .prefault("0 s"),
    "image-pull-policy": choice(
      "When it is fetched: only to a node that has run none of this part before, or always.",
      ["if-not-present", "always"],
    ).default("if-not-present"),
  })
  .describe("What an instance asks of a node, where `on` says that instances are pods.");

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
    registration: duration(
      "From when an instance is ready until balancers know of it and send it calls; at once unless given, and always so for a cache.",
    ).optional(),
    termination: terminationSchema
      .describe(
        "Which ready instance leaves first when the fleet shrinks; those that are not ready leave before it. The youngest unless given.",
      )
      .optional(),
    protect: protectionSchema.optional(),
    "warm-pool": warmPoolSchema.optional(),
    standby: standbySchema.optional(),
    on: name(
      "The node pool its instances are pods on; without it each is a machine of its own. Pods have no type: their nodes are paid for.",
    ).optional(),
    pod: podSchema.optional(),
  })
  .describe("The machines a part runs on.");

export type FleetSpec = z.output<typeof fleetSchema>;

export function makeFleet(spec: FleetSpec, context: PartContext): Fleet {
  const fleet = new Fleet(fleetOptions(spec, context), context.world);
  if (spec.standby === undefined) return fleet;
  fleet.standby = new Standby(spec.standby, fleet, context);
  fleet.watch(fleet.standby);
  return fleet;
}

function fleetOptions(spec: FleetSpec, { name: part, world, coresOf }: PartContext): FleetOptions {
  const lodging =
    spec.on === undefined ? null : found(world.pools.get(spec.on), `nodes ${spec.on}`);
  const random = world.stream(part, "start-up");
  const startUp = make(distributions, spec["start-up"], { random });
  const pod = lodging === null ? null : podOptions(spec, part, world);
  return {
    part,
    type: spec.type ?? null,
    cores: pod
      ? Math.ceil(pod.needs.millicores / 1000)
      : spec.type === undefined
        ? 1
        : coresOf(spec.type),
    instances: spec.instances,
    zones: spec.zones,
    weights: spec.weights,
    provisioning: spec.provisioning,
    startUp,
    drainTimeout: spec["drain-timeout"],
    replaceAfter: spec["replace-after"] ?? null,
    registration: spec.registration ?? 0,
    protection: new Protection(spec.protect ?? {}),
    termination: make(terminations, spec.termination ?? { kind: "youngest" }, {
      random: world.stream(part, "termination"),
      neighbours: (instance) => lodging?.neighbours(instance) ?? 1,
    }),
    lodging,
    pod,
    warmPool: warmPoolOf(spec, part, world),
  };
}

function podOptions({ pod }: FleetSpec, part: string, world: World): PodOptions {
  const { cores, memory, ...image } = pod ?? podSchema.parse({});
  const random = world.stream(part, "image-pull");
  return {
    needs: { millicores: Math.floor(cores * 1000 + 0.5), memory, pods: 1 },
    imagePull: make(distributions, image["image-pull"], { random }),
    pullsAlways: image["image-pull-policy"] === "always",
  };
}

function warmPoolOf(spec: FleetSpec, part: string, world: World): WarmPool | null {
  const pool = spec["warm-pool"];
  if (pool === undefined) return null;
  const random = world.stream(part, "warm-pool");
  const startUp = make(distributions, spec["start-up"], { random });
  const options = {
    size: pool.size,
    running: pool.state === "running",
    cost: pool.cost ?? (pool.state === "running" ? 1 : 0),
    startUp: make(distributions, pool["start-up"], { random }),
    prepare: () => spec.provisioning + startUp.sample(),
  };
  return new WarmPool(options, world.agenda);
}
