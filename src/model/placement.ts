/**
 * Where the next instance of a fleet goes: the zone with the fewest of them, among those that work and
 * where the cloud has one to give. What it refuses is asked for again later.
 */
import { seconds, type FleetOptions, type FleetWorld } from "./fleetTerms.ts";
import type { Shape } from "./shape.ts";
import type { Supply } from "./supply.ts";

/** Who launches. */
interface Launcher {
  readonly size: number;
  readonly desired: number;
  readonly shape: Shape | null;
  /** Launches what is missing. */
  meetDesired(reason: string): void;
}

export class Placement {
  private readonly options: FleetOptions;
  private readonly world: FleetWorld;
  private readonly launcher: Launcher;
  /** Instances that are not gone, by zone -- state. */
  private readonly populations = new Map<string, number>();
  /** Launches refused in a row [launches], and whether another try is planned -- state. */
  private refusals = 0;
  private triesAgain = false;
  /** Hears of a refused launch, which then is not tried again; null where it is. */
  onRefusal: ((refusal: string) => void) | null = null;

  constructor(options: FleetOptions, world: FleetWorld, launcher: Launcher) {
    this.options = options;
    this.world = world;
    this.launcher = launcher;
  }

  /** Instances in a zone that are not gone [instances]. */
  population(zone: string): number {
    return this.populations.get(zone) ?? 0;
  }

  count(zone: string, change: 1 | -1): void {
    this.populations.set(zone, this.population(zone) + change);
  }

  /** The zone with the fewest instances among those that work, the first listed if several tie. */
  emptiest(): string | null {
    return this.inOrder()[0] ?? null;
  }

  /**
   * The first of them where a launch succeeds; null when none does, or none works.
   *
   * @param runs whether the machine runs already, so that nothing more of the cloud is needed
   */
  launchable(runs = false): string | null {
    const { supply } = this.world;
    if (supply === null || runs) return this.emptiest();
    let refusal: string | null = null;
    for (const zone of this.inOrder()) {
      refusal = supply.refusal(this.launcher.shape ?? this.options, zone);
      if (refusal !== null) continue;
      this.refusals = 0;
      return zone;
    }
    if (refusal !== null && this.onRefusal !== null) this.onRefusal(refusal);
    else if (refusal !== null && !this.triesAgain) this.tryAgain(refusal, supply);
    return null;
  }

  private inOrder(): string[] {
    const open = this.options.zones.filter((zone) => !this.world.zones.isOut(zone));
    return open.sort((one, other) => this.population(one) - this.population(other));
  }

  private tryAgain(refusal: string, supply: Supply): void {
    this.triesAgain = true;
    const delay = supply.delay(++this.refusals);
    const { size, desired } = this.launcher;
    const reason = `${refusal}; ${size} of ${desired} instances, tried again after ${seconds(delay)}`;
    const { part } = this.options;
    this.world.journal.note({ plane: "fleet", part, what: "launch refused", reason });
    this.world.agenda.after(delay, () => {
      this.triesAgain = false;
      this.launcher.meetDesired("tried again");
    });
  }
}
