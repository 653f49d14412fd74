/**
 * A night one can work out: a request each second from 1 to 100 s, half a second of work at one till.
 * The last request is still in flight when the run ends.
 */
import type { Result } from "../../src/experiment/result.ts";
import { run, type RunOptions } from "../../src/index.ts";

export interface Changes {
  readonly run?: object;
  readonly client?: object;
  /** Instead of one class named like the workload, "shoppers". */
  readonly mix?: object;
  /** More fields of the till, or others instead. */
  readonly till?: object;
  readonly parts?: object;
  readonly autoscalers?: object;
  readonly faults?: readonly object[];
  readonly objectives?: readonly object[];
}

export function till(changes: Changes = {}): object {
  const { run: length, client, mix, till: more, parts, ...rest } = changes;
  return {
    title: "A till",
    run: { duration: "100 s", window: "10 s", ...length },
    workloads: {
      shoppers: {
        to: "till",
        arrivals: { kind: "deterministic", rate: "1 rps" },
        ...(client && { client }),
        ...(mix && { mix }),
      },
    },
    parts: {
      till: {
        kind: "service",
        slots: 1,
        work: "500 ms",
        "health-check": "none",
        fleet: { type: "box", "start-up": "1 s" },
        ...more,
      },
      ...parts,
    },
    cost: { prices: { box: { price: "3.6 USD/hour" } } }, // a tenth of a cent a second
    ...rest,
  };
}

/** The till is out from 40 s to 59.5 s: the twenty requests from 40 to 59 are refused. */
export const twentyRefused = [{ kind: "crash", of: "till", at: "40 s", repair: "18500 ms" }];

export function rehearse(changes: Changes = {}, options: RunOptions = {}): Promise<Result> {
  return run(till(changes), options);
}
