/**
 * Spares a backend that has just come up: its weight rises from a sixteenth to the whole.
 *
 * In sixteenths because weights are whole numbers: as in HAProxy (src/server.c, slowstart), age t of
 * a slow start T gives floor((16 t + T) / T) sixteenths, looked at every twentieth of T, at least a
 * second.
 */
import { SECOND, type Duration } from "../kernel/time.ts";
import type { Agenda } from "./agenda.ts";

const FULL_WEIGHT = 16;

export class SlowStart {
  private readonly length: Duration;
  private readonly agenda: Agenda;
  private readonly onStep: () => void;
  /** When it came up, by instance id, for those that are not at full weight yet [ns]. */
  private readonly since = new Map<number, Duration>();
  private stepping = false;

  constructor(length: Duration, agenda: Agenda, onStep: () => void) {
    this.length = length;
    this.agenda = agenda;
    this.onStep = onStep;
  }

  /** What a backend's weight is multiplied with; 1 for all while nobody is being spared. */
  factor(id: number): number {
    if (this.since.size === 0) return 1;
    const since = this.since.get(id);
    if (since === undefined) return FULL_WEIGHT;
    const age = this.agenda.now - since;
    return Math.min(FULL_WEIGHT, Math.floor((FULL_WEIGHT * age + this.length) / this.length));
  }

  begin(id: number): void {
    this.since.set(id, this.agenda.now);
    if (!this.stepping) this.stepLater();
  }

  private stepLater(): void {
    this.stepping = true;
    this.agenda.after(Math.max(SECOND, Math.floor(this.length / 20)), () => this.step());
  }

  private step(): void {
    for (const [id, since] of this.since) {
      if (this.agenda.now - since >= this.length) this.since.delete(id);
    }
    this.stepping = false;
    this.onStep();
    if (this.since.size > 0) this.stepLater();
  }
}
