/**
 * What calls and answers travel over: between places that are the same zone, two zones of a region,
 * two regions, or the internet and the platform.
 *
 *     caller ---- [pipe: bytes / bandwidth] -- latency --> callee
 *        ^---- latency -- [pipe] ------------- answer ------'
 *
 * Workloads are on the internet; instances that serve with slots are in their zones. A balancer, and
 * a cache, is near everybody inside: it counts as in the zone of whoever calls it or is called.
 */
import { z } from "zod";
import type { EventKind } from "../kernel/kernel.ts";
import type { Random } from "../kernel/random.ts";
import { SECOND, type Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { bytes, count, name, share } from "../schema/fields.ts";
import { distributions, distributionSchema } from "../statistics/distributions/index.ts";
import { ASTRAY, NONE, UNDERWAY } from "./calls.ts";
import { CANCELLED, type Outcome } from "./outcomes.ts";
import { GONE, type World } from "./world.ts";

/** How far two ends are from each other. */
const distances = ["same-zone", "cross-zone", "cross-region", "internet"] as const;
type Distance = (typeof distances)[number];

const linkSchema = z
  .strictObject({
    latency: distributionSchema.describe("One way, for every message.").prefault("0 s"),
    loss: share(
      "Messages that are lost: the caller learns of it by its timeout alone, and waits for ever without one.",
    ).prefault("0 %"),
    bandwidth: bytes(
      "Bytes a second each way between two places; messages queue for it in order. Without it, any number.",
      { min: 1 },
    ).optional(),
    "round-trips": count(
      "Round trips before a call is sent, as a new connection takes; none where connections are kept.",
      { max: 10 },
    ).default(0),
  })
  .describe("A link; what is not given costs nothing.");

export const linksSchema = z
  .strictObject({
    "same-zone": linkSchema.prefault({}),
    "cross-zone": linkSchema.prefault({}),
    "cross-region": linkSchema.prefault({}),
    internet: linkSchema.prefault({}),
    regions: z
      .record(name("A region."), z.array(name("A zone.")).min(1))
      .describe("Zones of each region; zones that are not named are of one region.")
      .default({}),
    request: bytes("Size of a call on the way there, unless its class tells.").prefault("1 kB"),
    answer: bytes("Size of an answer on the way back, unless its class tells.").prefault("10 kB"),
  })
  .describe("What calls and answers travel over; without it they arrive at once.");

export type LinksSpec = z.output<typeof linksSchema>;

/** One kind of link to one part: its law of latency and its luck. */
interface Link {
  readonly latency: { sample(): Duration };
  readonly loss: number;
  readonly luck: Random;
  /** Time one byte takes [ns]; 0 without a limit. */
  readonly perByte: Duration;
  readonly roundTrips: number;
}

/** One end of a trouble: places, or a part. */
interface End {
  readonly zones: ReadonlySet<string>;
  readonly part: number;
}

/** What is wrong on the way from one end to the other. */
interface Trouble {
  readonly from: End;
  readonly to: End;
  readonly isOneWay: boolean;
  /** Share of messages that are lost [0 to 1]. */
  readonly loss: number;
  readonly latency: { sample(): Duration } | null;
  readonly luck: Random;
}

/** Where workloads are; no zone is called so. */
const OUTSIDE = "(internet)";

export class Links {
  private readonly world: World;
  readonly spec: LinksSpec;
  /** By distance and the number of the part that is called, so that no part changes another's luck. */
  private readonly links = new Map<Distance, Link[]>();
  private readonly regions = new Map<string, string>();
  /** When the pipe from one place to another is free again [ns], by "from > to" -- state. */
  private readonly freeAt = new Map<string, Duration>();
  /** What is wrong now -- state. */
  private readonly troubles = new Set<Trouble>();
  private readonly callDue: EventKind;
  private readonly answerDue: EventKind;

  constructor(world: World, spec: LinksSpec) {
    this.world = world;
    this.spec = spec;
    for (const distance of distances) this.links.set(distance, []);
    for (const [region, zones] of Object.entries(spec.regions))
      for (const zone of zones) this.regions.set(zone, region);
    this.callDue = world.kernel.on((call) => this.arrive(call));
    this.answerDue = world.kernel.on((call, outcome) => this.comeBack(call, outcome as Outcome));
  }

  /** Takes a call to its part. */
  carry(call: number): void {
    const { calls, exchange, requestBytes } = this.world;
    const callee = exchange.calleeOf(calls.part(call));
    if (callee.isBesideCaller) return callee.arrive(call);
    callee.assign?.(call);
    calls.raise(call, UNDERWAY);
    const [from, to] = [this.origin(call), this.destination(call)];
    const size = sizeTold(this.world, call, requestBytes) ?? this.spec.request;
    const extra = this.troubles.size === 0 ? 0 : this.troubled(call, from, to, false);
    const delay = extra === null ? null : this.travel(call, from, to, size, extra);
    if (delay !== null) return void this.callDue.after(delay + this.setUp(call, from, to), call);
    callee.unassign?.(call);
    calls.raise(call, ASTRAY);
  }

  /** Takes an answer back to the caller of a call. */
  bring(call: number, outcome: Outcome): void {
    const { calls, exchange, answerBytes } = this.world;
    if (exchange.calleeOf(calls.part(call)).isBesideCaller) return exchange.receive(call, outcome);
    calls.raise(call, UNDERWAY);
    const size = sizeTold(this.world, call, answerBytes) ?? this.spec.answer;
    const [from, to] = [this.destination(call), this.origin(call)];
    const extra = this.troubles.size === 0 ? 0 : this.troubled(call, from, to, true);
    const delay = extra === null ? null : this.travel(call, from, to, size, extra);
    if (delay !== null) return void this.answerDue.after(delay, call, outcome);
    calls.raise(call, ASTRAY);
  }

  /** The zones of a region. */
  zonesOf(region: string): readonly string[] {
    return this.spec.regions[region] ?? [];
  }

  /** What a name stands for as an end: the internet, a region, a part, or else a zone. */
  end(name: string, partCalled: (name: string) => number | null): End {
    if (name === "internet") return { zones: new Set([OUTSIDE]), part: NONE };
    const part = partCalled(name);
    if (part !== null) return { zones: new Set(), part };
    const zones = this.zonesOf(name);
    return { zones: new Set(zones.length > 0 ? zones : [name]), part: NONE };
  }

  /** Something goes wrong; what is returned ends it. */
  trouble(trouble: Trouble): () => void {
    this.troubles.add(trouble);
    return () => this.troubles.delete(trouble);
  }

  /** Whether nothing comes from a balancer to instances of a part in a zone, or nothing back. */
  isCut(balancer: number, part: number, zone: string): boolean {
    for (const { from, to, loss } of this.troubles) {
      if (loss < 1) continue;
      if (isAt(from, null, balancer) && isAt(to, zone, part)) return true;
      if (isAt(to, null, balancer) && isAt(from, zone, part)) return true;
    }
    return false;
  }

  /** What troubles add to the way of a message [ns]; null when it is lost. */
  private troubled(
    call: number,
    from: string | null,
    to: string | null,
    isAnswer: boolean,
  ): Duration | null {
    const maker = this.world.makerOf(call);
    const making = maker < 0 ? maker : this.world.calls.part(maker);
    const called = this.world.calls.part(call);
    const [sender, receiver] = isAnswer ? [called, making] : [making, called];
    let extra = 0;
    for (const { from: one, to: other, isOneWay, loss, latency, luck } of this.troubles) {
      const there = isAt(one, from, sender) && isAt(other, to, receiver);
      const back = !isOneWay && isAt(other, from, sender) && isAt(one, to, receiver);
      if (!there && !back) continue;
      if (loss > 0 && luck.next() < loss) return null;
      if (latency !== null) extra += latency.sample();
    }
    return extra;
  }

  /** How long it takes to connect [ns]. */
  private setUp(call: number, from: string | null, to: string | null): Duration {
    const { roundTrips, latency } = this.link(call, from, to);
    let time = 0;
    for (let way = 0; way < 2 * roundTrips; way++) time += latency.sample();
    return time;
  }

  private arrive(call: number): void {
    const { calls, exchange } = this.world;
    calls.lower(call, UNDERWAY);
    if (!calls.isUnwanted(call)) return exchange.deliver(call);
    exchange.calleeOf(calls.part(call)).unassign?.(call);
    exchange.answer(call, CANCELLED);
  }

  private comeBack(call: number, outcome: Outcome): void {
    this.world.calls.lower(call, UNDERWAY);
    this.world.exchange.receive(call, outcome);
  }

  /** How long a message takes [ns]; null when it is lost. */
  private travel(
    call: number,
    from: string | null,
    to: string | null,
    size: number,
    extra: Duration,
  ): Duration | null {
    const link = this.link(call, from, to);
    if (link.loss > 0 && link.luck.next() < link.loss) return null;
    const latency = link.latency.sample() + extra;
    if (link.perByte === 0) return latency;
    const { now } = this.world.kernel;
    const pipe = `${from} > ${to}`;
    const sent = Math.max(now, this.freeAt.get(pipe) ?? 0) + size * link.perByte;
    this.freeAt.set(pipe, sent);
    return sent - now + latency;
  }

  private link(call: number, from: string | null, to: string | null): Link {
    const distance = this.distance(from, to);
    const part = this.world.calls.part(call);
    return (this.links.get(distance)![part] ??= this.makeLink(distance, part));
  }

  private makeLink(distance: Distance, part: number): Link {
    const { [distance]: spec } = this.spec;
    const owner = `links to ${this.world.partNames[part]}`;
    const random = this.world.stream(owner, `latency of ${distance}`);
    return {
      latency: make(distributions, spec.latency, { random }),
      loss: spec.loss,
      luck: this.world.stream(owner, `loss on ${distance}`),
      perByte: spec.bandwidth === undefined ? 0 : SECOND / spec.bandwidth,
      roundTrips: spec["round-trips"],
    };
  }

  private distance(from: string | null, to: string | null): Distance {
    if (from === OUTSIDE || to === OUTSIDE) return "internet";
    if (from === null || to === null || from === to) return "same-zone";
    return this.regions.get(from) === this.regions.get(to) ? "cross-zone" : "cross-region";
  }

  private origin(call: number): string | null {
    const maker = this.world.makerOf(call);
    if (maker === GONE) return null;
    if (maker !== NONE) return this.destination(maker);
    return this.world.calls.requestClass(call) === NONE ? null : OUTSIDE;
  }

  /** The zone in which a call is served; null where its part has no instances, or nobody serves it. */
  private destination(call: number): string | null {
    const { calls, fleets } = this.world;
    const instance = calls.instance(call);
    const fleet = fleets.get(calls.part(call));
    return instance === NONE || !fleet ? null : fleet.instances[instance]!.zone;
  }
}

function isAt(end: End, zone: string | null, part: number): boolean {
  return end.part === NONE ? zone !== null && end.zones.has(zone) : end.part === part;
}

/** What its class tells of a request [bytes]; nothing of a call that an instance makes. */
export function sizeTold(
  world: World,
  call: number,
  sizes: readonly (number | undefined)[],
): number | undefined {
  return world.makerOf(call) === NONE ? sizes[world.calls.requestClass(call)] : undefined;
}
