/** How a router learns which instances answer: the contract of the family. */
import { family } from "../../schema/definition.ts";
import type { Agenda } from "../agenda.ts";
import type { Duration } from "../../kernel/time.ts";
import type { Instance } from "../instance.ts";
import type { ProbeEnded, Probes } from "../probes.ts";

export interface Detector {
  /** Begins to watch an instance, which counts as up; `report` is called on every change of mind. */
  watch(instance: Instance, report: (up: boolean, reason: string) => void): void;
  /** Stops watching. */
  forget(instance: Instance): void;
  /** Calls to it have failed: as good as a failed probe, or, when sure, as good as down. */
  doubt?(instance: Instance, sure: boolean): void;
}

export interface DetectorContext {
  readonly agenda: Agenda;
  /** What calls single instances of the checked part: one operation of it, or its usual one. */
  probes(
    call: { readonly operation?: string | undefined; readonly timeout: Duration },
    ended: ProbeEnded,
  ): Probes;
  /** Whether nothing comes from whoever checks to an instance, or nothing back. */
  isCut(instance: Instance): boolean;
}

export const detector = family<DetectorContext, Detector>("health check");
