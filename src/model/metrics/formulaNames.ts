/** The measurements a formula may name, and their values: NaN for what is not known. */
import { toSeconds } from "../../kernel/time.ts";
import { meanOver, totalOver, type View } from "./metric.ts";

const readings: Readonly<Record<string, (view: View) => number | null>> = {
  instances: ({ instances }) => instances,
  utilisation: (view) => meanOver(view, ({ utilisation }) => utilisation.work),
  queue: (view) => totalOver(view, ({ queueLength }) => queueLength),
  in_flight: (view) => totalOver(view, ({ inFlight }) => inFlight),
  held: ({ part }) => part && part.held,
  rps: ({ part }) => part && part.requestRate,
  mean: (view) => seconds(view.part && view.part.latency().mean),
  p50: (view) => seconds(view.part && view.part.latency().quantile(0.5)),
  p95: (view) => seconds(view.part && view.part.latency().quantile(0.95)),
  p99: (view) => seconds(view.part && view.part.latency().quantile(0.99)),
};

export const namesInFormulas = Object.keys(readings);

/** Whether a formula names a time of calls. */
export function namesLatency(formula: string): boolean {
  return /\b(mean|p50|p95|p99)\b/.test(formula);
}

/** Their values in this order. */
export function valuesFor(view: View): number[] {
  return namesInFormulas.map((name) => readings[name]!(view) ?? NaN);
}

function seconds(time: number | null): number | null {
  return time === null ? null : toSeconds(time);
}
