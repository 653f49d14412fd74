/**
 * The lessor of etcd's leader, and the clients that keep their leases alive.
 *
 *     renewed            renewed      death         expiry   next look: revoked
 *       |-----renewal------|-----------x--- ... ------|---------|
 *                          '---------- ttl -----------'
 */
import { MILLISECOND, type Duration } from "../../kernel/time.ts";
import type { Agenda } from "../agenda.ts";
import { seconds } from "../fleet.ts";
import type { Instance } from "../instance.ts";
import type { Detector } from "./detector.ts";
import { firstAfter } from "./spread.ts";

/** How often the lessor looks for leases that have run out, and a client for those to renew [ns]. */
const LOOK = 500 * MILLISECOND;

/** Leases revoked at one look: half of leaseRevokeRate, which is by the second [leases]. */
const REVOKED_MAX = 500;

export interface LessorSettings {
  /** What is granted [ns]. */
  readonly ttl: Duration;
  /** Between two renewals of an instance at its normal speed [ns]. */
  readonly renewal: Duration;
  /** How much longer leases count after an election [ns]. */
  readonly extension: Duration;
}

/** The client's rhythm: the first of its looks at which more than a third of the TTL has passed [ns]. */
export function renewalOf(ttl: Duration): Duration {
  const third = Math.floor(ttl / 3);
  return (Math.floor(third / LOOK) + 1) * LOOK;
}

/** What is known of one instance. */
interface Lease {
  readonly instance: Instance;
  readonly report: (up: boolean, reason: string) => void;
  /** When it was renewed last [ns]. */
  renewedAt: Duration;
  /** When it runs out [ns]. */
  expiry: Duration;
  /** Its key is there. */
  up: boolean;
}

export class EtcdLessor implements Detector {
  private readonly settings: LessorSettings;
  private readonly agenda: Agenda;
  private readonly leases = new Map<Instance, Lease>();
  /** Whether etcd has a leader -- state. */
  private isLed = true;

  constructor(settings: LessorSettings, agenda: Agenda) {
    this.settings = settings;
    this.agenda = agenda;
    agenda.every(LOOK, () => this.revoke());
  }

  watch(instance: Instance, report: Lease["report"]): void {
    const { now } = this.agenda;
    const { ttl, renewal } = this.settings;
    const lease = { instance, report, renewedAt: now, expiry: now + ttl, up: true };
    this.leases.set(instance, lease);
    this.renewAfter(firstAfter(instance.id, renewal), lease);
  }

  forget(instance: Instance): void {
    this.leases.delete(instance);
  }

  /** The leader is lost: until there is another one, leases neither end nor are renewed. */
  demote(): void {
    this.isLed = false;
  }

  /** There is a leader, who does not know how old the leases are and counts each from now. */
  promote(): void {
    this.isLed = true;
    const { ttl, extension } = this.settings;
    for (const lease of this.leases.values()) lease.expiry = this.agenda.now + ttl + extension;
  }

  private renewAfter(delay: Duration, lease: Lease): void {
    const { instance } = lease;
    this.agenda.after(delay, () => {
      if (this.leases.get(instance) !== lease) return;
      this.renewAfter(this.renew(lease) * Math.max(1, instance.slowness), lease);
    });
  }

  /** The client's turn; how long until the next, at its normal speed [ns]. */
  private renew(lease: Lease): Duration {
    const { now } = this.agenda;
    const { ttl, renewal } = this.settings;
    if (!this.isLed) return LOOK;
    if (!lease.instance.serving) return renewal;
    // What has run out will be revoked: the leader keeps the renewal waiting for that.
    if (lease.up && lease.expiry <= now) return LOOK;

    lease.renewedAt = now;
    lease.expiry = now + ttl;
    if (!lease.up) {
      lease.up = true;
      lease.report(true, "registered anew");
    }
    return renewal;
  }

  private revoke(): void {
    if (!this.isLed) return;
    const { now } = this.agenda;
    const over = [...this.leases.values()].filter(({ up, expiry }) => up && expiry <= now);
    over.sort((a, b) => a.expiry - b.expiry || a.instance.id - b.instance.id);
    for (const lease of over.slice(0, REVOKED_MAX)) {
      lease.up = false;
      lease.report(false, `lease not renewed for ${seconds(now - lease.renewedAt)}`);
    }
  }
}
