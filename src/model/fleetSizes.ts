/** What is recorded of a fleet: how large it was, and what it was paid for. */
import type { Duration } from "../kernel/time.ts";
import type { Fleet } from "./fleet.ts";
import { nothingRead } from "./parts/part.ts";
import type { FleetRecord, NodesRecord, PartSnapshot } from "./record.ts";

export class FleetSizes {
  private readonly fleet: Fleet;
  private readonly clock: { readonly now: Duration };
  /** Most instances alive at once, and fewest ready at once since the warm-up [instances] -- state. */
  private peak = 0;
  private readyMin = Infinity;
  private readonly snapshots: PartSnapshot[] = [];

  /** Follows a fleet from now on; its levels change only when an instance changes state. */
  constructor(fleet: Fleet, clock: { readonly now: Duration }, warmUp: Duration) {
    this.fleet = fleet;
    this.clock = clock;
    const look = () => {
      this.peak = Math.max(this.peak, fleet.size + fleet.in("draining"));
      if (clock.now >= warmUp) this.readyMin = Math.min(this.readyMin, fleet.in("ready"));
    };
    look();
    fleet.onChange = look;
  }

  /** The warm-up is over. */
  beginMeasuring(): void {
    this.readyMin = this.fleet.in("ready");
  }

  record(): FleetRecord {
    const { now } = this.clock;
    const { type, instances: initial, warmPool } = this.fleet.options;
    const { instances, standby } = this.fleet;
    const reserves = [warmPool, standby].filter((reserve) => reserve !== null);
    const waiting = reserves.flatMap((reserve) => reserve.paidTimes());
    return {
      type,
      initial,
      peak: this.peak,
      readyMin: this.readyMin,
      ...(this.fleet.shape !== null && {
        types: [
          ...instances.map(({ shape }) => (shape === null ? type : shape.type)),
          ...waiting.map(() => type),
        ],
      }),
      launched: Float64Array.from([
        ...instances.map(({ launchedAt }) => launchedAt),
        ...waiting.map(() => 0),
      ]),
      billed: Float64Array.from([
        ...instances.map(({ goneAt, launchedAt }) => (goneAt ?? now) - launchedAt),
        ...waiting,
      ]),
      ...(reserves.length > 0 && {
        standby: waiting.reduce((sum, time) => sum + time, 0),
        reserves: waiting.length,
      }),
    };
  }

  /** Takes a snapshot of nodes, on which nothing but time is measured. */
  snapshotNodes(): void {
    const { fleet, clock } = this;
    fleet.settle();
    const stateTime = fleet.stateTime.slice();
    const resolved = new Float64Array();
    this.snapshots.push({ ...nothingRead, at: clock.now, arrived: 0, stateTime, resolved });
  }

  recordNodes(): NodesRecord {
    const { fleet, snapshots } = this;
    return { name: fleet.options.part, fleet: this.record(), snapshots };
  }
}
