/**
 * A platform ready to run: parts joined by calls, workloads, scalers and faults, and the record of
 * everything that happened to them.
 */
import { assert } from "../kernel/assert.ts";
import { LimitReached } from "../kernel/limit.ts";
import { toSeconds, type Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import type { ScalingSpec } from "./autoscalers/index.ts";
import type { Census } from "./parties.ts";
import { inFlight, type ClassMeter } from "./classMeter.ts";
import { recordClients } from "./clientRecords.ts";
import { control } from "./control.ts";
import { found, sorted } from "./entries.ts";
import { Express } from "./express/express.ts";
import { Undecided } from "./express/ties.ts";
import { findWay } from "./express/way.ts";
import { prepareFaults } from "./faults/fate.ts";
import type { FaultSpec } from "./faults/index.ts";
import { instanceStates } from "./instance.ts";
import { Links, type LinksSpec } from "./links.ts";
import type { Fleet } from "./fleet.ts";
import { FleetSizes } from "./fleetSizes.ts";
import { makeNodePool, scaleNodes, type NodePoolSpec } from "./nodePoolSpec.ts";
import { parts, type PartSpec } from "./parts/index.ts";
import type { Directory, Part } from "./parts/part.ts";
import type { PartRecord, PartSnapshot, RunRecord } from "./record.ts";
import type { OpenFile } from "./replay/bytes.ts";
import type { RolloutSpec } from "./rollouts/index.ts";
import { prepareRollouts } from "./rollouts/prepare.ts";
import { Supply, type SupplySpec } from "./supply.ts";
import { Tracer, type Trace } from "./tracer.ts";
import { WatchedExchange } from "./watchedExchange.ts";
import { Workload, type WorkloadSpec } from "./workload.ts";
import { World } from "./world.ts";

export type * from "./record.ts";

/** Everything a platform is built from. */
export interface PlatformSpec {
  readonly seed: string;
  readonly duration: Duration;
  readonly warmUp: Duration;
  /** Length of the windows of the time series [ns]. */
  readonly window: Duration;
  readonly workloads: Readonly<Record<string, WorkloadSpec>>;
  readonly parts: Readonly<Record<string, PartSpec>>;
  readonly autoscalers: Readonly<Record<string, ScalingSpec>>;
  readonly faults: readonly FaultSpec[];
  /** New versions, and how they come. */
  readonly rollouts: readonly RolloutSpec[];
  /** Nodes for pods, by name. */
  readonly nodes: Readonly<Record<string, NodePoolSpec>>;
  /** What may be launched; everything at any time unless given. */
  readonly supply?: SupplySpec | undefined;
  readonly limits: Limits;
  /** What calls travel over; without it they arrive at once. */
  readonly links?: LinksSpec | undefined;
  /** Which path runs it: the express path where it is exact, or events whatever happens. */
  readonly engine: "auto" | "events";
  /** What a clock on the wall shows at the start; only where an autoscaler may ask. */
  readonly clock?: string | undefined;
  /** Cores of an instance type [vCPU]. */
  coresOf(type: string): number;
  /** What it costs on demand, in the currency of the scenario [1/h]. */
  pricePerHourOf(type: string): number;
  /** Opens a file the scenario names. */
  readonly open: OpenFile;
  /** Hears of every request that ends, where somebody wants traces; only events can tell. */
  readonly onTrace?: ((trace: Trace) => void) | undefined;
}

/** What one run may take before it is stopped. */
export interface Limits {
  /** Kernel events [events]. */
  readonly events: number;
  /** Calls in flight at once [calls]. */
  readonly calls: number;
}

/** Builds the platform, runs it to the end, and returns its record. */
export function runPlatform(
  spec: PlatformSpec,
  onProgress: (share: number) => void = () => {},
): RunRecord {
  const platform = new Platform(spec);
  try {
    return platform.run(onProgress);
  } catch (problem) {
    if (!(problem instanceof Undecided)) throw problem;
    return new Platform({ ...spec, engine: "events" }).run(onProgress);
  }
}

/** Why a platform cannot take the express path; nothing if it can. */
export function obstaclesFor(spec: PlatformSpec): readonly string[] {
  return new Platform(spec).obstacles;
}

interface Observed {
  readonly name: string;
  readonly kind: string;
  readonly part: Part;
  readonly snapshots: PartSnapshot[];
  /** At the end of the warm-up; null without one. */
  warm: PartSnapshot | null;
  inFlightAtWarmUp: number;
}

class Platform {
  private readonly spec: PlatformSpec;
  private readonly world: World;
  private readonly observed: Observed[] = [];
  private readonly workloads: Workload[] = [];
  private readonly sizes = new Map<Fleet, FleetSizes>();
  /** What runs instead of events; null where only events are exact. */
  private express: Express | null = null;
  /** Why that is so. */
  obstacles: readonly string[] = [];

  constructor(spec: PlatformSpec) {
    this.spec = spec;
    this.world = new World(spec.seed, spec.onTrace !== undefined);
    this.world.kernel.executedMax = spec.limits.events;
    this.world.calls.most = spec.limits.calls;
    const { exchange } = this.world;
    if (spec.onTrace && exchange instanceof WatchedExchange) this.follow(exchange, spec.onTrace);
    if (spec.links) this.world.exchange.links = new Links(this.world, spec.links);
    if (spec.supply) this.world.supply = new Supply(spec.supply, this.world);
    this.buildNodes();
    this.buildParts();
    this.buildWorkloads();
    this.buildControl();
    this.buildFate();
    this.planExpress();
  }

  private follow(exchange: WatchedExchange, onTrace: (trace: Trace) => void): void {
    const nameOf = (number: number) => {
      const observed = this.observed.find(({ part }) => part.number === number);
      return found(observed, `part ${number}`).name;
    };
    exchange.tracer = new Tracer(this.world, nameOf, onTrace);
  }

  private planExpress(): void {
    const all = this.observed.map(({ part }) => part);
    const way = findWay(this.spec, this.world, all, this.workloads);
    if (way instanceof Express) this.express = way;
    else this.obstacles = way;
  }

  run(onProgress: (share: number) => void): RunRecord {
    try {
      return this.runToEnd(onProgress);
    } catch (problem) {
      if (problem instanceof LimitReached) throw this.explained(problem);
      throw problem;
    }
  }

  private runToEnd(onProgress: (share: number) => void): RunRecord {
    const { kernel, agenda } = this.world;
    const { duration, window, warmUp } = this.spec;
    for (const fleet of this.fleets) fleet.open();
    for (const fleet of this.fleets) this.sizes.set(fleet, new FleetSizes(fleet, kernel, warmUp));
    for (const observed of this.observed) observed.snapshots.push(this.snapshot(observed));
    this.snapshotNodes();
    for (let at = window; at < duration; at += window) agenda.at(at, () => this.closeWindow());
    if (warmUp > 0) agenda.at(warmUp, () => this.beginMeasuring());
    if (this.express) this.express.open();
    else for (const workload of this.workloads) workload.open();
    for (let step = 1; step <= PROGRESS_STEPS; step++) {
      this.runUntil(Math.floor((duration / PROGRESS_STEPS) * step));
      if (kernel.executed >= kernel.executedMax)
        throw new LimitReached(`${kernel.executedMax} events`);
      onProgress(step / PROGRESS_STEPS);
    }
    this.runUntil(duration);
    this.closeWindow();
    return this.record();
  }

  private runUntil(time: Duration): void {
    if (this.express) this.express.run(time);
    else this.world.kernel.run(time);
  }

  /** A limit that was met, with when, where and what can be done. */
  private explained({ message }: LimitReached): LimitReached {
    const { kernel } = this.world;
    const calls = this.workAtParts();
    const load = ({ part }: Observed) => calls[part.number]!;
    const [fullest] = this.observed.toSorted((one, other) => load(other) - load(one));
    const where = fullest ? `, most calls (${load(fullest)}) at ${fullest.name}` : "";
    return new LimitReached(
      `the run met a limit at ${toSeconds(kernel.now)} s: ${message}${where}; ` +
        "give queues a limit, lower the rate, see what a fault or a poll does too often, " +
        "shorten the run, or raise run.limits",
    );
  }

  /** Calls by the part they are at, with those whose caller has gone [calls]. */
  private workAtParts(): Float64Array {
    if (this.express) return this.express.workAtParts();
    const { calls } = this.world;
    const atParts = new Float64Array(this.observed.length);
    for (const call of calls.each()) atParts[calls.part(call)]!++;
    return atParts;
  }

  private buildNodes(): void {
    for (const [name, spec] of sorted(this.spec.nodes)) {
      this.world.pools.set(name, makeNodePool(name, spec, this.world, this.spec));
    }
  }

  private buildParts(): void {
    const byName = new Map<string, Part>();
    const directory: Directory = { part: (name) => found(byName.get(name), `part ${name}`) };
    const { coresOf } = this.spec;
    for (const [name, spec] of sorted(this.spec.parts)) {
      const part = make(parts, spec, { name, world: this.world, directory, coresOf });
      byName.set(name, part);
      this.world.partNames[part.number] = name;
      this.observed.push({
        name,
        kind: spec.kind,
        part,
        snapshots: [],
        warm: null,
        inFlightAtWarmUp: 0,
      });
    }
    for (const { part } of this.observed) part.link();
  }

  private buildWorkloads(): void {
    const { duration, warmUp, open } = this.spec;
    const directory: Directory = { part: (name) => this.partOf(name) };
    let firstClass = 0;
    const all = sorted(this.spec.workloads);
    for (const [place, [name, spec]] of all.entries()) {
      const workloads = all.length;
      const run = { duration, warmUp, directory, firstClass, place, workloads, open };
      const workload = new Workload(this.world, name, spec, run);
      firstClass += workload.meters.length;
      this.workloads.push(workload);
    }
  }

  private buildControl(): void {
    const { duration, open, coresOf, clock = null } = this.spec;
    for (const [name, pool] of this.world.pools)
      scaleNodes(pool, this.spec.nodes[name]!, this.world);
    for (const [name, spec] of sorted(this.spec.autoscalers)) {
      const run = { duration, open, clock, coresOf };
      control(name, spec, this.partOf(name), this.world, run);
    }
  }

  private buildFate(): void {
    const byName = new Map(this.observed.map(({ name, part }) => [name, part]));
    prepareRollouts(this.spec.rollouts, byName, this.world);
    prepareFaults(this.spec.faults, byName, this.world);
  }

  private partOf(name: string): Part {
    const observed = this.observed.find((each) => each.name === name);
    return found(observed, `part ${name}`).part;
  }

  /** Every fleet, nodes after the parts that live on them. */
  private get fleets(): Fleet[] {
    const nodes = [...this.world.pools.values()].map(({ fleet }) => fleet);
    return [...this.observed.flatMap(({ part }) => part.fleet ?? []), ...nodes];
  }

  private closeWindow(): void {
    for (const meter of this.meters) meter.closeWindow();
    for (const observed of this.observed) {
      const snapshot = this.snapshot(observed);
      observed.snapshots.push(snapshot);
      this.world.fingerprint.addText(`${observed.name}\t${Object.values(snapshot).join("\t")}`);
    }
    this.snapshotNodes();
    this.audit();
  }

  private snapshotNodes(): void {
    for (const { fleet } of this.world.pools.values()) this.sizes.get(fleet)!.snapshotNodes();
  }

  /** Conservation: what was generated has succeeded, failed, or is in flight; calls likewise. */
  private audit(): Census {
    const census = this.express ? this.express.census() : this.world.exchange.audit();
    const counted = this.meters.reduce((sum, { all }) => sum + inFlight(all), 0);
    assert(
      counted === census.requests,
      () => `${counted} requests should be in flight, ${census.requests} are`,
    );
    return census;
  }

  private get meters(): ClassMeter[] {
    return this.workloads.flatMap(({ meters }) => meters);
  }

  private beginMeasuring(): void {
    const { calls } = this.audit();
    for (const observed of this.observed) {
      observed.warm = this.snapshot(observed);
      observed.inFlightAtWarmUp = calls[observed.part.number]!;
      observed.part.beginMeasuring();
    }
    for (const sizes of this.sizes.values()) sizes.beginMeasuring();
  }

  private snapshot({ part }: Observed): PartSnapshot {
    const counts = this.world.exchange.countsOf(part.number);
    part.fleet?.settle();
    const guards = this.world.exchange.doorOf(part.number)?.counts();
    return {
      ...part.read(),
      ...this.express?.readingOf(part),
      at: this.world.kernel.now,
      arrived: counts.arrived,
      resolved: counts.resolved.slice(),
      stateTime: part.fleet?.stateTime.slice() ?? new Float64Array(instanceStates.length),
      ...(this.world.exchange.hasCircuits && { neverSent: counts.neverSent }),
      ...(guards && { guards: Float64Array.from(guards.flatMap((each) => Object.values(each))) }),
    };
  }

  private record(): RunRecord {
    const { kernel, fingerprint, journal } = this.world;
    const { calls } = this.audit();
    return {
      engine: this.express ? "express" : "events",
      fingerprint: fingerprint.toString(),
      events: kernel.executed,
      classes: this.meters.map(({ name, workload, attack, all, measured, latency, windows }) => {
        return { name, workload, attack, all, measured, latency: latency.toSparse(), windows };
      }),
      sessions: this.workloads.flatMap(({ name, sessions }) =>
        sessions ? [{ workload: name, all: sessions.all, measured: sessions.measured }] : [],
      ),
      ...recordClients(this.workloads),
      parts: this.observed.map((observed) => this.recordPart(observed, calls)),
      ...(this.world.pools.size > 0 && {
        nodes: [...this.world.pools.values()].map(({ fleet }) =>
          this.sizes.get(fleet)!.recordNodes(),
        ),
      }),
      journal: journal.entries,
    };
  }

  private recordPart(observed: Observed, inFlightNow: Float64Array): PartRecord {
    const { part, name, kind, snapshots, warm, inFlightAtWarmUp } = observed;
    return {
      name,
      kind,
      resource: part.resource,
      keeps: part.keeps,
      guards: this.world.exchange.doorOf(part.number)?.names ?? [],
      inFlightAtWarmUp,
      inFlight: inFlightNow[part.number]!,
      snapshots,
      warm: warm ?? snapshots[0]!,
      waitingTime: part.waitingTime?.toSparse() ?? null,
      serviceTime: part.serviceTime?.toSparse() ?? null,
      fleet: part.fleet && this.sizes.get(part.fleet)!.record(),
    };
  }
}

/** How often a run says how far it is. */
const PROGRESS_STEPS = 100;
