/**
 * What a monitoring system would know of a part: each instance, and the part as a whole, scraped at an
 * interval, averaged over a window, visible after a delay, and now and then not at all. Controllers
 * read this and never the truth.
 *
 *     scrapes    |----|----|----x----|----|        x: lost, and what lay before it
 *     seen now             '--window--'  delay '
 */
import type { Random } from "../kernel/random.ts";
import { SECOND, type Duration } from "../kernel/time.ts";
import { Histogram, type SparseHistogram } from "../statistics/histogram.ts";
import type { Agenda } from "./agenda.ts";
import type { Instance } from "./instance.ts";
import type { Busy } from "./metrics/utilisation.ts";
import { resourceNames } from "./resource.ts";
import type { Station } from "./station.ts";

/** How a part is measured. */
export interface MonitorSpec {
  /** Between two scrapes [ns]. */
  readonly interval: Duration;
  /** What readings are averaged over [ns]; the last scrape at least. */
  readonly window: Duration;
  /** From a scrape until anybody can read it [ns]. */
  readonly delay: Duration;
  /** Share of scrapes that are lost, each instance's by itself [0 to 1]. */
  readonly loss: number;
}

/** What is known of one instance: means over the scrapes in the window. */
export interface Sample {
  readonly instance: Instance;
  readonly utilisation: Busy;
  /** Calls that waited for a slot, and all calls that were there, when it was scraped [calls]. */
  readonly queueLength: number;
  readonly inFlight: number;
  /** Calls that came [1/s]. */
  readonly requestRate: number;
  /** The scrapes it lies between [ns]; it is averaged over the part of that in which it served. */
  readonly from: Duration;
  readonly to: Duration;
}

/** What is known of the part as a whole. */
export interface PartSample {
  /** Calls that came to its door [1/s]. */
  readonly requestRate: number;
  /** Calls held because there was no instance [calls]. */
  readonly held: number;
  /** Times of calls over the window [ns]; empty unless a metric asked for them. */
  latency(): Histogram;
}

/** What is measured. */
export interface Monitored {
  readonly agenda: Agenda;
  /** Stations by instance; some may be missing. */
  readonly stations: readonly Station[];
  /** What utilisation is a share of. */
  readonly resource: "slots" | "cores";
  /** Calls that have come to the part so far [calls]. */
  arrived(): number;
  /** Calls held now [calls]. */
  held(): number;
  /** Times of calls since it was last emptied; null when nobody records them. */
  readonly latency: Histogram | null;
  /** Decides which scrapes are lost; drawn only where some are. */
  readonly random: Random | null;
}

/** One scrape of an instance: totals over the time it served since the one before. */
interface Scrape {
  readonly from: Duration;
  readonly to: Duration;
  /** Time in which it served [ns]. */
  readonly served: Duration;
  /** Server-time in use, by resource: slots, then the resources in their order [server ns]. */
  readonly used: readonly number[];
  readonly arrived: number;
  readonly queueLength: number;
  readonly inFlight: number;
}

interface PartScrape {
  readonly from: Duration;
  readonly to: Duration;
  readonly arrived: number;
  readonly held: number;
  readonly latency: SparseHistogram | null;
}

export class Monitor {
  private readonly spec: MonitorSpec;
  private readonly part: Monitored;
  private readonly scrapes = new Map<Instance, Scrape[]>();
  private partScrapes: PartScrape[] = [];
  /** Totals at the scrape before, by instance -- state. */
  private readonly totals = new Map<Instance, { used: number[]; arrived: number }>();
  private arrivedBefore = 0;
  private scrapedAt: Duration = 0;

  constructor(spec: MonitorSpec, part: Monitored) {
    this.spec = spec;
    this.part = part;
    part.agenda.every(spec.interval, () => this.scrape());
  }

  /** What is known of an instance; null when nothing is, since it began to serve or for a window. */
  sample(instance: Instance): Sample | null {
    const seen = this.visible(this.scrapes.get(instance) ?? []);
    if (seen.length === 0) return null;
    const served = sum(seen, (scrape) => scrape.served);
    const over = (of: (scrape: Scrape) => number) =>
      sum(seen, (scrape) => of(scrape) * scrape.served) / served;
    return {
      instance,
      utilisation: this.busy(instance, seen, served),
      queueLength: over(({ queueLength }) => queueLength),
      inFlight: over(({ inFlight }) => inFlight),
      requestRate: (sum(seen, ({ arrived }) => arrived) * SECOND) / served,
      from: seen[0]!.from,
      to: seen.at(-1)!.to,
    };
  }

  /** What is known of the part; null when nothing is, or not for a window. */
  whole(): PartSample | null {
    const seen = this.visible(this.partScrapes);
    if (seen.length === 0) return null;
    const elapsed = sum(seen, ({ from, to }) => to - from);
    return {
      requestRate: (sum(seen, ({ arrived }) => arrived) * SECOND) / elapsed,
      held: sum(seen, ({ held, from, to }) => held * (to - from)) / elapsed,
      latency() {
        const all = new Histogram();
        for (const { latency } of seen) if (latency !== null) all.add(latency);
        return all;
      },
    };
  }

  private busy(instance: Instance, seen: readonly Scrape[], served: Duration): Busy {
    const station = this.part.stations[instance.id]!;
    const servers = serversOf(station);
    const share = (resource: number) =>
      servers[resource] === 0
        ? null
        : sum(seen, ({ used }) => used[resource]!) / (servers[resource]! * served);
    const [slots, cpu, disk, network] = [share(0), share(1), share(2), share(3)];
    const work = this.part.resource === "slots" ? slots : cpu;
    return { work, slots, cpu, disk, network };
  }

  private scrape(): void {
    const { now } = this.part.agenda;
    for (const station of this.part.stations.filter(Boolean)) {
      const { instance } = station;
      const scrape = this.difference(station, now);
      if (!instance.serving) this.scrapes.delete(instance);
      else if (scrape.served > 0) this.keep(this.scrapesOf(instance), scrape);
    }
    this.scrapePart(now);
    this.scrapedAt = now;
  }

  private scrapesOf(instance: Instance): Scrape[] {
    const known = this.scrapes.get(instance) ?? [];
    this.scrapes.set(instance, known);
    return known;
  }

  private difference(station: Station, now: Duration): Scrape {
    const { instance, arrived } = station;
    const used = [station.busyTime(), ...resourceNames.map((name) => station.usedTime(name))];
    const before = this.totals.get(instance);
    this.totals.set(instance, { used, arrived });
    return {
      from: this.scrapedAt,
      to: now,
      served: now - Math.max(this.scrapedAt, instance.stateSince),
      used: used.map((total, resource) => total - (before?.used[resource] ?? 0)),
      arrived: arrived - (before?.arrived ?? 0),
      queueLength: station.queue.length,
      inFlight: station.present,
    };
  }

  private scrapePart(now: Duration): void {
    const { part } = this;
    const arrived = part.arrived();
    this.keep(this.partScrapes, {
      from: this.scrapedAt,
      to: now,
      arrived: arrived - this.arrivedBefore,
      held: part.held(),
      latency: part.latency?.toSparse() ?? null,
    });
    part.latency?.reset();
    this.arrivedBefore = arrived;
  }

  /** Keeps a scrape that is not lost, and forgets those that nobody will look at again. */
  private keep<One extends { to: Duration }>(known: One[], scrape: One): void {
    const { window, interval, delay, loss } = this.spec;
    if (loss === 0 || this.part.random!.next() >= loss) known.push(scrape);
    const oldest = scrape.to - delay - Math.max(window, interval) - interval;
    while (known.length > 0 && known[0]!.to < oldest) known.shift();
  }

  /** Scrapes that can be read by now and end in the window, whose end is the last instant scraped. */
  private visible<One extends { to: Duration }>(known: readonly One[]): readonly One[] {
    const { window, interval, delay } = this.spec;
    const latest = Math.floor((this.part.agenda.now - delay) / interval) * interval;
    // Who looks at the instant of a scrape may come before it.
    const end = Math.min(latest, this.scrapedAt);
    const begin = end - Math.max(window, interval);
    return known.filter(({ to }) => to <= end && to > begin);
  }
}

function serversOf(station: Station): readonly number[] {
  return [station.slots, ...resourceNames.map((name) => station.serversOf(name))];
}

function sum<One>(list: readonly One[], of: (one: One) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
