import type { Duration } from "../../kernel/time.ts";

/** The first of an instance's probes or heartbeats: the golden section spreads a fleet over the interval. */
export function firstAfter(id: number, interval: Duration): Duration {
  const turn = (id + 1) * 0.6180339887498949;
  return (turn - Math.floor(turn)) * interval;
}
