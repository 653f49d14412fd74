/**
 * Detection by leases: an instance says now and then that it is alive, and whoever has not heard of
 * it for too long is taken for dead.
 *
 *     heard            heard        death                 expiry   next look: down
 *       |---heartbeat---|----x--------|------ ... ----------|----------|
 *                       '---------------- ttl --------------'
 *
 * So a death is noticed between ttl less a heartbeat and ttl plus a look after it happened, silent or
 * not. An instance that works slowly also says late that it lives, and can be taken for dead.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Agenda } from "../agenda.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Detector } from "./detector.ts";
import { firstAfter } from "./spread.ts";

export interface LeaseSettings {
  /** Between two signs of life of an instance at its normal speed [ns]. */
  readonly heartbeat: Duration;
  /** How long one counts [ns]. */
  readonly ttl: Duration;
  /** Between two looks at who has expired [ns]; 0 for at once. */
  readonly check: Duration;
}

/** What is known of one instance. */
interface Lease {
  readonly report: (up: boolean, reason: string) => void;
  heardAt: Duration;
  up: boolean;
}

export class LeaseCheck implements Detector {
  private readonly settings: LeaseSettings;
  private readonly agenda: Agenda;
  private readonly leases = new Map<Instance, Lease>();

  constructor(settings: LeaseSettings, agenda: Agenda) {
    this.settings = settings;
    this.agenda = agenda;
  }

  watch(instance: Instance, report: Lease["report"]): void {
    const lease: Lease = { report, heardAt: this.agenda.now, up: true };
    this.leases.set(instance, lease);
    this.expectAnother(instance, lease);
    this.beatAfter(firstAfter(instance.id, this.settings.heartbeat), instance, lease);
  }

  forget(instance: Instance): void {
    this.leases.delete(instance);
  }

  private beatAfter(delay: Duration, instance: Instance, lease: Lease): void {
    this.agenda.after(delay, () => {
      if (this.leases.get(instance) !== lease) return;
      if (instance.serving) this.heard(instance, lease);
      this.beatAfter(this.settings.heartbeat * Math.max(1, instance.slowness), instance, lease);
    });
  }

  private heard(instance: Instance, lease: Lease): void {
    lease.heardAt = this.agenda.now;
    if (!lease.up) {
      lease.up = true;
      lease.report(true, "heard of again");
    }
    this.expectAnother(instance, lease);
  }

  private expectAnother(instance: Instance, lease: Lease): void {
    const { heardAt } = lease;
    this.agenda.at(this.expiry(heardAt), () => {
      if (this.leases.get(instance) !== lease || lease.heardAt !== heardAt || !lease.up) return;
      lease.up = false;
      lease.report(false, `not heard of for ${seconds(this.agenda.now - heardAt)}`);
    });
  }

  /** When a sign of life has run out and somebody looks [ns]. */
  private expiry(heardAt: Duration): Duration {
    const { ttl, check } = this.settings;
    const end = heardAt + ttl;
    return check === 0 ? end : (Math.floor(end / check) + 1) * check;
  }
}
