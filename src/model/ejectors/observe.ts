/** HAProxy's observe: errors in a row make the health check look again, or believe the worst. */
import { choice, count } from "../../schema/fields.ts";
import type { Instance } from "../instance.ts";
import { CANCELLED, LOST, OK, REFUSED, RENEGED, TIMED_OUT, type Outcome } from "../outcomes.ts";
import { ejector, type Ejector, type EjectorContext } from "./ejector.ts";

export const observe = ejector({
  kind: "observe",
  needsActiveCheck: true,
  summary: "Tells the health check of errors in a row.",
  source: "HAProxy: doc/configuration.txt (observe, error-limit, on-error)",
  notes:
    "Needs an active health check, which alone brings the backend back. Layer 4 sees calls that were refused, lost or timed out; layer 7 wrong answers too.",
  options: {
    layer: choice("What counts as an error.", ["layer4", "layer7"]).default("layer4"),
    "error-limit": count("Errors in a row that are told.", { min: 1 }).default(10),
    "on-error": choice("What they stand for: a failed probe, or a server that is down.", [
      "fail-check",
      "mark-down",
    ]).default("fail-check"),
  },
  create: (options, context) =>
    new Observe(
      options.layer === "layer7",
      options["error-limit"],
      options["on-error"] === "mark-down",
      context,
    ),
});

class Observe implements Ejector {
  private readonly seesAnswers: boolean;
  private readonly limit: number;
  private readonly isSure: boolean;
  private readonly context: EjectorContext;
  /** By instance id: errors in a row. */
  private readonly errors: number[] = [];
  private readonly instances: (Instance | undefined)[] = [];

  constructor(seesAnswers: boolean, limit: number, isSure: boolean, context: EjectorContext) {
    this.seesAnswers = seesAnswers;
    this.limit = limit;
    this.isSure = isSure;
    this.context = context;
  }

  watch(instance: Instance): void {
    this.instances[instance.id] = instance;
    this.errors[instance.id] = 0;
  }

  forget(instance: Instance): void {
    this.instances[instance.id] = undefined;
  }

  answered(id: number, outcome: Outcome): void {
    const instance = this.instances[id];
    if (instance === undefined || outcome === RENEGED || outcome === CANCELLED) return;
    if (!this.isError(outcome)) this.errors[id] = 0;
    else if (++this.errors[id]! >= this.limit) {
      this.errors[id] = 0;
      this.context.doubt(instance, this.isSure);
    }
  }

  private isError(outcome: Outcome): boolean {
    if (outcome === OK) return false;
    return this.seesAnswers || outcome === REFUSED || outcome === LOST || outcome === TIMED_OUT;
  }
}
