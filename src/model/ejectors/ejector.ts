/** What do the calls themselves say about a backend: the contract of the family. */
import type { z } from "zod";
import { family, type Declaration } from "../../schema/definition.ts";
import type { Agenda } from "../agenda.ts";
import type { Instance } from "../instance.ts";
import type { Outcome } from "../outcomes.ts";

export interface Ejector {
  /** Begins to watch an instance, in good standing. */
  watch(instance: Instance): void;
  /** Stops watching; answers of calls that are still out may follow. */
  forget(instance: Instance): void;
  /** An instance, by its id, has been chosen for a call. */
  chosen?(id: number): void;
  /** A call has come back from an instance. */
  answered(id: number, outcome: Outcome): void;
}

export interface EjectorContext {
  readonly agenda: Agenda;
  /** Instances watched now [instances]. */
  registered(): number;
  /** Takes an instance out; a reason of null is not worth a note in the journal. */
  eject(instance: Instance, reason: string | null): void;
  readmit(instance: Instance, reason: string | null): void;
  /** Tells the balancer: a call to it failed, and so many failures take it out. */
  weaken(instance: Instance, allowed: number): void;
  /** Tells the health check: count this as a failed probe, or, when sure, as down. */
  doubt(instance: Instance, sure: boolean): void;
}

/** A member may make null: then nobody watches. */
const define = family<EjectorContext, Ejector | null>("passive check");

/** The definer of the family: some are of no use without an active health check beside them. */
export function ejector<const Kind extends string, Options extends z.ZodRawShape>(
  declaration: Declaration<Kind, Options, EjectorContext, Ejector | null> & {
    readonly needsActiveCheck?: boolean;
  },
) {
  const { needsActiveCheck = false } = declaration;
  return { ...define(declaration), needsActiveCheck };
}
