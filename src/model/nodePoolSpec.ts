/** What a user may write about nodes that several parts share, and the pool it makes. */
import { z } from "zod";
import { make } from "../schema/definition.ts";
import { bytes, count, duration, factor, name, text } from "../schema/fields.ts";
import { distributions, distributionSchema } from "../statistics/distributions/index.ts";
import { Fleet } from "./fleet.ts";
import { NodePool } from "./nodePool.ts";
import type { NodeType, TypeBook } from "./nodeType.ts";
import { nodeScalers, nodeScalerSchema } from "./nodeScalers/index.ts";
import { Protection } from "./protection.ts";
import { terminations } from "./terminations/index.ts";
import type { World } from "./world.ts";

const nodeTypeSchema = z
  .strictObject({
    type: text("Instance type, as the price catalogue or `cost.prices` names it."),
    cores: factor("As `cores` of the pool, for nodes of this type.", {
      min: 0.001,
      max: 10_000,
    }).optional(),
    memory: bytes("As `memory` of the pool, for nodes of this type.").optional(),
    pods: count("As `pods` of the pool, for nodes of this type.", { min: 1 }).optional(),
    max: count("Nodes of this type at most.", { max: 10_000 }).optional(),
  })
  .describe("What a node may be.");

export const nodePoolSchema = z
  .strictObject({
    type: text(
      "Instance type of a node, as the price catalogue or `cost.prices` names it; without one the nodes cost nothing.",
    ).optional(),
    types: z
      .array(nodeTypeSchema)
      .min(1)
      .max(50)
      .describe(
        "What nodes may be, instead of `type`, `cores` and `memory`: a node group each to the Cluster Autoscaler, instance types to choose from to Karpenter. Those at the start are of the first.",
      )
      .optional(),
    nodes: count("Nodes at the start of the run.", { max: 10_000 }).default(1),
    zones: z
      .array(name("A zone."))
      .min(1)
      .describe("Zones the nodes are spread over, evenly; a pod is where its node is.")
      .default(["a"]),
    cores: factor(
      "Cores of one node that pods may ask for, what the system takes left out; those of its type unless given.",
      { min: 0.001, max: 10_000 },
    ).optional(),
    memory: bytes(
      "Memory of one node that pods may ask for; without it memory is not counted.",
    ).optional(),
    pods: count("Pods one node takes at most: the kubelet's maxPods.", { min: 1 }).default(110),
    launch: distributionSchema
      .describe("From the request for a node until it takes pods; measure yours.")
      .prefault({ kind: "lognormal", mean: "75 s", cv: 0.3 }),
    "drain-timeout": duration(
      "How long a node that is removed waits for its pods to end.",
    ).prefault("10 min"),
    "replace-after": duration(
      "How long after a crash that nothing repairs another node is launched; without it, never.",
    ).optional(),
    eviction: duration(
      "From the death of a node until its pods are launched elsewhere: Kubernetes notices after 40 s and tolerates it for 300 s.",
    ).prefault("340 s"),
    scaler: nodeScalerSchema
      .describe("What launches nodes for pods that find no room, and removes idle ones.")
      .prefault("none"),
  })
  .describe("Nodes on which the instances of several parts are pods.");

export type NodePoolSpec = z.output<typeof nodePoolSchema>;

/** What a user says of one type of nodes; where there are no `types`, the pool says it. */
export interface NodeTypeSpec {
  readonly type?: string | undefined;
  readonly cores?: number | undefined;
  readonly memory?: number | undefined;
  readonly pods: number;
  readonly max?: number | undefined;
}

/** What nodes of a pool may be, the one it begins with first. */
export function nodeTypesOf({ types, type, cores, memory, pods }: NodePoolSpec): NodeTypeSpec[] {
  return (
    types?.map((each) => ({ ...each, pods: each.pods ?? pods })) ?? [{ type, cores, memory, pods }]
  );
}

function typeMade(spec: NodeTypeSpec, book: TypeBook): NodeType {
  const { type, memory = Infinity, pods, max = Infinity } = spec;
  const cores = type === undefined ? 1 : book.coresOf(type);
  const millicores = Math.floor((spec.cores ?? cores) * 1000 + 0.5);
  return {
    name: type ?? "",
    shape: { type: type ?? null, cores, slots: 0 },
    empty: { millicores, memory, pods },
    pricePerHour: type === undefined ? 0 : book.pricePerHourOf(type),
    most: max,
  };
}

export function makeNodePool(
  pool: string,
  spec: NodePoolSpec,
  world: World,
  book: TypeBook,
): NodePool {
  const { nodes: instances, zones } = spec;
  const types = nodeTypesOf(spec).map((each) => typeMade(each, book));
  const { type, cores } = types[0]!.shape;
  const random = world.stream(`nodes ${pool}`, "launch");
  const machines = {
    part: pool,
    type,
    cores,
    instances,
    zones,
    weights: [1],
    provisioning: 0,
    startUp: make(distributions, spec.launch, { random }),
    drainTimeout: spec["drain-timeout"],
    replaceAfter: spec["replace-after"] ?? null,
    registration: 0,
    protection: new Protection({}),
    termination: make(terminations, { kind: "youngest" }, { random, neighbours: () => 1 }),
    lodging: null,
    pod: null,
    warmPool: null,
  };
  const options = { types, choosesTypes: spec.types !== undefined, eviction: spec.eviction };
  return new NodePool(new Fleet(machines, world), options, world.agenda);
}

/** Sets the pool's scaler to work. */
export function scaleNodes(pool: NodePool, { scaler }: NodePoolSpec, world: World): void {
  const { agenda } = world;
  const random = world.stream(`nodes ${pool.fleet.options.part}`, "expander");
  make(nodeScalers, scaler, { agenda, pool, random });
}
