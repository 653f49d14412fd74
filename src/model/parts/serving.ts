/** What service and database share: the fields of a part with slots, and the part they make. */
import { ExactSum } from "../../kernel/exactSum.ts";
import { z } from "zod";
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { count, duration } from "../../schema/fields.ts";
import { balancers, balancerSchema } from "../balancers/index.ts";
import { detectors, detectorSchema } from "../detectors/index.ts";
import { Capacity } from "../capacity.ts";
import type { DisciplineContext } from "../disciplines/discipline.ts";
import { disciplines, disciplineSchema } from "../disciplines/index.ts";
import { hangDoor } from "../door.ts";
import { ejectors, type EjectorSpec } from "../ejectors/index.ts";
import type { Ejector, EjectorContext } from "../ejectors/ejector.ts";
import type { Fleet } from "../fleet.ts";
import { fleetSchema, makeFleet } from "../fleetSpec.ts";
import { guardsField } from "../guards/index.ts";
import { memoryLimit, resourcesOf, unitTime, type HardwareSpec } from "../hardware.ts";
import { Pauses, pausesSchema } from "../pauses.ts";
import { policyOf } from "../policy.ts";
import { Probes } from "../probes.ts";
import { Router } from "../router.ts";
import { Service } from "../service.ts";
import type { ServiceOptions } from "../serviceOptions.ts";
import type { ResourcePlan, Station } from "../station.ts";
import { compile, needsOf, type StepSpec } from "../steps/index.ts";
import type { Target } from "../exchange.ts";
import type { Step, StepContext, TargetSpec, Worker } from "../steps/step.ts";
import { WarmUp, warmUpSchema } from "../warmUp.ts";
import type { World } from "../world.ts";
import {
  ANY_OPERATION,
  nothingRead,
  splitTarget,
  type Part,
  type PartContext,
  type PartReading,
} from "./part.ts";

export const servingFields = {
  fleet: fleetSchema.prefault({}),
  slots: count("Calls one instance works on at once: threads, workers, connections.", {
    min: 1,
    max: 1_000_000,
  }),
  queue: z
    .strictObject({
      discipline: disciplineSchema.prefault("fifo"),
      limit: count("Calls that may wait at one instance; without it, any number.").optional(),
      "age-limit": duration(
        "How long a call may wait for its first turn before it is dropped; without it, for ever.",
      ).optional(),
    })
    .describe("Where calls wait for a slot, on every instance.")
    .prefault({}),
  balancer: balancerSchema
    .describe("How calls that come without a load balancer are spread over the instances.")
    .prefault("round-robin"),
  "health-check": detectorSchema
    .describe("How such callers learn which instances answer.")
    .prefault({}),
  guards: guardsField,
  "warm-up": warmUpSchema.optional(),
  pauses: pausesSchema.optional(),
};

const servingSchema = z.strictObject(servingFields);
export type ServingSpec = z.output<typeof servingSchema>;

export interface ServingOptions extends ServingSpec {
  readonly hardware: HardwareSpec;
  readonly operations: ReadonlyMap<string, readonly StepSpec[]>;
  readonly holdsSlotWhileCalling: boolean;
}

/** A part that serves calls with slots, step by step. */
export function makeServing(options: ServingOptions, context: PartContext): Part {
  const { world } = context;
  const fleet = makeFleet(options.fleet, context);
  const serving = serviceOptions(options, fleet, context);
  const service = new Service(world, serving);
  fleet.watch(new Capacity(service, options.slots));
  let programs: readonly (readonly Step[])[] = [];
  world.fleets.set(service.number, fleet);
  fleet.watch({ isBusy: ({ id }) => (service.stations[id]?.present ?? 0) > 0 });
  if (options["warm-up"]) new WarmUp(options["warm-up"], fleet, world.agenda);
  if (options.pauses) fleet.watch(new Pauses(options.pauses, service, context));
  const names = [...options.operations.keys()];
  const numberOf = (operation: string) => {
    const only = operation === ANY_OPERATION && names.length === 1;
    const number = only ? 0 : names.indexOf(operation);
    return number < 0 ? null : number;
  };
  const operation = (named: string) => numberOf(named) ?? numberOf(ANY_OPERATION);
  const { guards = [] } = options;
  hangDoor(world, { owner: context.name, part: service.number, guards, operation });
  return {
    number: service.number,
    fleet,
    service,
    operation,
    link() {
      programs = [...options.operations].map(([operation, steps]) =>
        compile(steps, operation, (place) => contextOf(place, service, options.hardware, context)),
      );
      service.learn(programs);
    },
    lane: () => ({
      kind: "counter",
      router: serving.router,
      instances: options.fleet.instances,
      slots: options.slots,
      meter: service.meter,
      program: (operation) => programs[operation]!,
    }),
    read: () => ({
      ...read(service, fleet),
      ...readHardware(service, fleet, serving.station.resources),
    }),
    resource: service.resource,
    keeps: false,
    waitingTime: service.meter.waitingTime,
    serviceTime: service.meter.serviceTime,
    beginMeasuring: () => service.meter.reset(),
  };
}

function serviceOptions(
  options: ServingOptions,
  fleet: Fleet,
  context: PartContext,
): ServiceOptions {
  const { world } = context;
  const { hardware, queue } = options;
  const steps = [...options.operations.values()].flat();
  const needs = new Set<string>(needsOf(steps, []).map(({ needs: need }) => need));
  const makeQueue = () => make(disciplines, queue.discipline, waitingIn(world));
  return {
    fleet,
    router: makeRouter(options, { name: context.name, fleet }, context),
    station: {
      slots: options.slots,
      queue: makeQueue,
      resources: resourcesOf(hardware, needs, fleet.options.cores),
      interruptible:
        options["warm-up"] !== undefined ||
        options.pauses !== undefined ||
        makeQueue().interrupts !== null,
    },
    queueLimit: queue.limit ?? Infinity,
    ageLimit: queue["age-limit"] ?? Infinity,
    memory: memoryLimit(hardware, fleet, context),
    holdsSlotWhileCalling: options.holdsSlotWhileCalling,
    computes: needs.has("cpu"),
  };
}

/** What a queue discipline may know of the calls that wait. */
function waitingIn({ calls, exchange, kernel, priorities }: World): DisciplineContext {
  return {
    links: calls,
    clock: kernel,
    // Probes are of class -1.
    requestClass: (call) => calls.requestClass(call) + 1,
    priority: (call) => priorities[calls.requestClass(call)] ?? 0,
    deadline: (call) => exchange.deadline(call),
    work: (call) => calls.work(call),
    sentAt: (call) => calls.sentAt(call),
    waitingSince: (call) => calls.arrivedAt(call),
  };
}

/** What one step is given: streams of its own, named for the operation and its place in it. */
function contextOf(
  step: string,
  worker: Worker,
  hardware: HardwareSpec,
  context: PartContext,
): StepContext {
  const { name, world } = context;
  return {
    worker,
    stream: (purpose) => world.stream(name, `${purpose} of ${step}`),
    calls: context.world.calls,
    timeOf: (resource) => unitTime(hardware, resource),
    target: (spec, position) => findTarget(spec, `retry of ${step} ${position}`, context),
  };
}

/** What a load balancer may say beyond what every part that is called directly can. */
export interface RouterSpec extends Pick<ServingSpec, "balancer" | "health-check"> {
  readonly "passive-check"?: EjectorSpec;
  readonly "max-calls"?: number | undefined;
  readonly "slow-start"?: Duration | undefined;
  readonly "backup-zones"?: readonly string[] | undefined;
  readonly "panic-below"?: number | undefined;
}

/** A router over a fleet, with the balancing and checking a specification names. */
export function makeRouter(
  spec: RouterSpec,
  behind: { readonly name: string; readonly fleet: Fleet },
  context: PartContext,
): Router {
  const { name, world, directory } = context;
  const balancer = make(balancers, spec.balancer, {
    random: world.stream(name, "balancer"),
    clock: world.kernel,
  });
  const detector = make(detectors, spec["health-check"], {
    agenda: world.agenda,
    probes: ({ operation = ANY_OPERATION, timeout }, ended) => {
      const policy = world.exchange.addPolicy(policyOf({ timeout }, world.stream(name, "probes"))!);
      const target = () => probeTarget(behind.name, operation, policy, context);
      return new Probes(world, behind.fleet, target, ended);
    },
    isCut: ({ zone }) => {
      const { links } = world.exchange;
      if (links === null) return false;
      const [balancer, part] = [name, behind.name].map((each) => directory.part(each).number);
      return links.isCut(balancer!, part!, zone);
    },
  });
  const passive = spec["passive-check"];
  const options = {
    owner: name,
    fleet: behind.fleet,
    balancer,
    detector,
    ejector: passive
      ? (ejection: EjectorContext): Ejector | null => make(ejectors, passive, ejection)
      : null,
    maxCalls: spec["max-calls"] ?? Infinity,
    slowStart: spec["slow-start"] ?? 0,
    backupZones: spec["backup-zones"] ?? [],
    panicBelow: spec["panic-below"] ?? 0,
  };
  return new Router(options, world);
}

function probeTarget(
  checked: string,
  named: string,
  policy: number,
  { directory }: PartContext,
): Target {
  const { number, operation } = directory.part(checked);
  return { part: number, operation: operation(named)!, policy };
}

/** The operation a step names, and the policy with which it is called. */
export function findTarget(
  spec: TargetSpec,
  purpose: string,
  { name, world, directory }: PartContext,
): Target {
  const { part, operation } = splitTarget(spec.call);
  const callee = directory.part(part);
  const number = callee.operation(operation);
  if (number === null) throw new Error(`part ${part} has no operation ${operation}`);
  const policy = policyOf(spec, world.stream(name, purpose), spec.optional, {
    caller: name,
    callee: spec.call,
    journal: world.journal,
    instanceName: (instance) => directory.part(name).fleet?.instances[instance]?.name ?? null,
  });
  return {
    part: callee.number,
    operation: number,
    policy: policy === null ? 0 : world.exchange.addPolicy(policy),
  };
}

function read(service: Service, fleet: Fleet): PartReading {
  const { meter } = service;
  const total = (add: (station: Station, sum: ExactSum) => void) =>
    totalOver(service.stations, add);
  return {
    ...nothingRead,
    busyTime: total((station, sum) => service.addUsage(station, sum)),
    servingTime: fleet.servingTimeOf(service.shape, (shape) => service.resourcesOf(shape)),
    slotTime: fleet.servingTimeOf(service.shape, (shape) => shape.slots),
    slotBusyTime: total((station, sum) => station.addBusyTime(sum)),
    wastedTime: meter.wasted.value,
    queueTime: meter.queueTime(),
    queueLengthMax: meter.queueLengthMax,
    waitedSum: meter.waitedSum.value,
    waitedCount: meter.waitedCount,
    servedSum: meter.servedSum.value,
    servedCount: meter.servedCount,
  };
}

function totalOver(
  stations: readonly (Station | undefined)[],
  add: (station: Station, sum: ExactSum) => void,
): number {
  const sum = new ExactSum();
  for (const station of stations) if (station) add(station, sum);
  return sum.value;
}

/** Totals of the disk and the network, where calls use them. */
function readHardware({ stations }: Service, fleet: Fleet, resources: readonly ResourcePlan[]) {
  const reading: { -readonly [Name in keyof PartReading]?: PartReading[Name] } = {};
  for (const { name, servers } of resources) {
    if (name === "cpu") continue;
    const used = totalOver(stations, (station, sum) => station.addUsedTime(name, sum));
    reading[`${name}BusyTime`] = used;
    reading[`${name}Time`] = fleet.servingTime() * servers;
  }
  return reading;
}
