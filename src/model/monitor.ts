/**
 * What a monitoring system would know of a part: utilisation of each instance, scraped at an interval
 * and averaged over it. Controllers read this and never the truth.
 */
import type { Duration } from "../kernel/time.ts";
import type { Agenda } from "./agenda.ts";
import type { Instance } from "./instance.ts";
import type { Service } from "./service.ts";
import type { Station } from "./station.ts";

/** One scrape of one instance. */
export interface Sample {
  /** Busy share of its slots, or cores where they are declared, over the window [0 to 1]. */
  readonly utilisation: number;
  /** The scrapes it lies between [ns]; it is averaged over the part of that in which it served. */
  readonly from: Duration;
  readonly to: Duration;
}

export class Monitor {
  private readonly agenda: Agenda;
  private readonly service: Service;
  private readonly samples = new Map<Instance, Sample>();
  private readonly busyTimes = new Map<Instance, number>();
  private scrapedAt: Duration = 0;

  constructor(agenda: Agenda, service: Service, interval: Duration) {
    this.agenda = agenda;
    this.service = service;
    agenda.every(interval, () => this.scrape());
  }

  /** The last scrape of an instance; null when there has been none since it started. */
  sample(instance: Instance): Sample | null {
    return this.samples.get(instance) ?? null;
  }

  private scrape(): void {
    const { now } = this.agenda;
    for (const station of this.service.stations.filter(Boolean)) {
      const { instance } = station;
      const busy = this.service.usage(station);
      if (instance.serving) this.take(station, busy, now);
      else this.samples.delete(instance);
      this.busyTimes.set(instance, busy);
    }
    this.scrapedAt = now;
  }

  private take(station: Station, busy: number, now: Duration): void {
    const { instance } = station;
    const served = now - Math.max(this.scrapedAt, instance.stateSince);
    const used = busy - (this.busyTimes.get(instance) ?? 0);
    if (served === 0) return;
    const utilisation = used / (this.service.resources * served);
    this.samples.set(instance, { utilisation, from: this.scrapedAt, to: now });
  }
}
