/**
 * Zone-aware: calls stay in the caller's zone as far as its backends can take them; the rest spills
 * over to zones that have more backends than callers.
 *
 *     zone      callers  backends
 *     a          50 %      33 %     2/3 of its calls stay, 1/3 spills over
 *     b          25 %      33 %     all stay, takes half of what spills
 *     c          25 %      33 %     all stay, takes the other half
 */
import type { Random } from "../../kernel/random.ts";
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { count } from "../../schema/fields.ts";
import {
  balancer,
  type Asked,
  type Backends,
  type Balancer,
  type BalancerContext,
} from "./balancer.ts";
import { plainBalancers, plainBalancerSchema } from "./plain.ts";

/** Callers it takes to be spread as the backends are before it has met any [calls]. */
const BELIEF = 100;

export const zoneAware = balancer({
  kind: "zone-aware",
  summary: "Keeps calls in the caller's zone as far as the backends there are enough for them.",
  source: "Envoy: docs/root/intro/arch_overview/upstream/load_balancing/zone_aware.rst",
  notes:
    "The share of callers in a zone is that of the calls met so far. Callers whose zone nobody knows, as shoppers, come from the zones of the backends in turn, as from a balancer with a node in each. The chosen algorithm then works within the zone.",
  options: {
    balancer: plainBalancerSchema
      .describe("Who chooses among the backends of the zone.")
      .prefault("round-robin"),
    "min-backends": count(
      "With fewer backends than this zones are ignored: Envoy's min_cluster_size.",
      { min: 1 },
    ).default(6),
  },
  create: (options, context) =>
    new ZoneAware(
      () => make(plainBalancers, options.balancer, context),
      options["min-backends"],
      context,
    ),
});

class ZoneAware implements Balancer {
  private readonly makeInner: () => Balancer;
  private readonly minBackends: number;
  private readonly random: Random;
  /** Chooses when zones are ignored. */
  private readonly everywhere: Balancer;
  private readonly zones: Zone[] = [];
  /** The zone of each position. */
  private zoneAt: readonly Zone[] = [];
  private size = 0;
  /** Calls met [calls]. */
  private met = 0;
  private turn = 0;

  constructor(makeInner: () => Balancer, minBackends: number, { random }: BalancerContext) {
    this.makeInner = makeInner;
    this.minBackends = minBackends;
    this.random = random;
    this.everywhere = makeInner();
  }

  choose(backends: Backends, call: Asked): number {
    if (this.size < this.minBackends) return this.everywhere.choose(backends, call);
    const home = this.zoneOf(call);
    this.met++;
    home.met++;
    const local = this.capacity(home) / this.demand(home);
    const zone = local >= 1 || this.random.next() < local ? home : this.spill();
    return zone.positions[zone.inner.choose(zone, call)]!;
  }

  /** Where the caller stands; those of unknown place stand in each zone with backends in turn. */
  private zoneOf({ zone }: Asked): Zone {
    if (zone !== null) return this.zones.find(({ name }) => name === zone) ?? this.add(zone);
    do this.turn = (this.turn + 1) % this.zones.length;
    while (this.zones[this.turn]!.size === 0);
    return this.zones[this.turn]!;
  }

  /** Share of the backends that stand in a zone, and of the calls that come from it. */
  private capacity(zone: Zone): number {
    return zone.size / this.size;
  }

  private demand(zone: Zone): number {
    return (zone.met + BELIEF * this.capacity(zone)) / (this.met + BELIEF);
  }

  /** A zone with backends to spare, as likely as it has many; shares add up, so there is one. */
  private spill(): Zone {
    let spare = 0;
    for (const zone of this.zones) spare += Math.max(0, this.capacity(zone) - this.demand(zone));
    let point = this.random.next() * spare;
    let chosen = this.zones[0]!;
    for (const zone of this.zones) {
      const share = this.capacity(zone) - this.demand(zone);
      if (share <= 0) continue;
      chosen = zone;
      if (point < share) break;
      point -= share;
    }
    return chosen;
  }

  sent(position: number): void {
    this.everywhere.sent?.(position);
    const zone = this.zoneAt[position]!;
    zone.inner.sent?.(zone.seats[position]!);
  }

  answered(position: number, elapsed: Duration, good: boolean): void {
    this.everywhere.answered?.(position, elapsed, good);
    const zone = this.zoneAt[position]!;
    zone.inner.answered?.(zone.seats[position]!, elapsed, good);
  }

  changed(backends: Backends): void {
    this.size = backends.size;
    this.everywhere.changed?.(backends);
    for (const zone of this.zones) zone.empty(backends);
    this.zoneAt = Array.from({ length: backends.size }, (_, position) => {
      const name = backends.zone(position);
      const zone = this.zones.find((each) => each.name === name) ?? this.add(name, backends);
      zone.join(position);
      return zone;
    });
    for (const zone of this.zones) zone.inner.changed?.(zone);
  }

  private add(name: string, backends?: Backends): Zone {
    const zone = new Zone(name, this.makeInner());
    if (backends) zone.empty(backends);
    this.zones.push(zone);
    return zone;
  }
}

/** The backends of one zone, as the balancer within sees them. */
class Zone implements Backends {
  readonly name: string;
  readonly inner: Balancer;
  /** Positions among all backends, by position within; and the other way round. */
  readonly positions: number[] = [];
  readonly seats: number[] = [];
  /** Calls that came from here [calls]. */
  met = 0;
  private all!: Backends;

  constructor(name: string, inner: Balancer) {
    this.name = name;
    this.inner = inner;
  }

  empty(all: Backends): void {
    this.all = all;
    this.positions.length = 0;
  }

  join(position: number): void {
    this.seats[position] = this.positions.push(position) - 1;
  }

  get size(): number {
    return this.positions.length;
  }
  inFlight(position: number): number {
    return this.all.inFlight(this.positions[position]!);
  }
  weight(position: number): number {
    return this.all.weight(this.positions[position]!);
  }
  limit(position: number): number {
    return this.all.limit(this.positions[position]!);
  }
  id(position: number): number {
    return this.all.id(this.positions[position]!);
  }
  zone(): string {
    return this.name;
  }
}
