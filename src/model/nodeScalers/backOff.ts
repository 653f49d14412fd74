/** Node groups that are left alone for a while because their nodes did not come. */
import type { Duration } from "../../kernel/time.ts";
import type { NodeType } from "../nodeType.ts";

export interface BackOffSettings {
  readonly "back-off": Duration;
  readonly "back-off-max": Duration;
  readonly "back-off-reset": Duration;
}

interface Failure {
  readonly at: Duration;
  readonly length: Duration;
  readonly until: Duration;
}

export class GroupBackOff {
  private readonly settings: BackOffSettings;
  private readonly failures = new Map<NodeType, Failure>();

  constructor(settings: BackOffSettings) {
    this.settings = settings;
  }

  /**
   * A group's nodes did not come: how long it is left alone [ns], twice as long as the last time.
   * Those that fail together have failed once.
   */
  fail(type: NodeType, now: Duration): Duration {
    const { "back-off": first, "back-off-max": most, "back-off-reset": reset } = this.settings;
    const last = this.failures.get(type);
    if (last?.at === now) return last.length;
    const counts = last !== undefined && now >= last.until && now - last.at <= reset;
    const length = counts ? Math.min(2 * last.length, most) : first;
    this.failures.set(type, { at: now, length, until: now + length });
    return length;
  }

  isOff(type: NodeType, now: Duration): boolean {
    const last = this.failures.get(type);
    return last !== undefined && now < last.until;
  }

  /** A node of the group has come. */
  forget(type: NodeType): void {
    this.failures.delete(type);
  }
}
