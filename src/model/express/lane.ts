/** What a call meets at a part, for the express path: told by the parts that it can compute. */
import type { Random } from "../../kernel/random.ts";
import type { Target } from "../exchange.ts";
import type { Router } from "../router.ts";
import type { ServiceMeter } from "../serviceMeter.ts";
import type { Step } from "../steps/step.ts";

export type Lane = Relay | Gate | Counter;

/** A load balancer: takes no time, chooses the instance of the part behind it. */
export interface Relay {
  readonly kind: "relay";
  readonly router: Router;
  readonly target: Target;
}

/** A cache that answers with a given probability and takes no time. */
export interface Gate {
  readonly kind: "gate";
  /** The one that is computed. */
  readonly operation: number;
  readonly hitRatio: number;
  readonly random: Random;
  readonly target: Target;
  /** Sets what it has counted since the start of the run. */
  tally(hits: number, misses: number): void;
}

/** Instances with slots and a queue. */
export interface Counter {
  readonly kind: "counter";
  /** Chooses for calls that come without a load balancer. */
  readonly router: Router;
  readonly instances: number;
  readonly slots: number;
  readonly meter: ServiceMeter;
  program(operation: number): readonly Step[];
}
