/** The textbook's word beside the simulation's: the utilisation law and Erlang C, part by part. */
import { mmc } from "../statistics/theory/mmc.ts";
import type { AnalyticResult } from "./sizing.ts";
import type { Result } from "./result.ts";

/**
 * From what was simulated, arrivals and mean service times, to what theory makes of them: all slots
 * of a part as one queue, by Poisson arrivals and exponential work. Parts of the platform that do
 * not wait for slots are left out.
 */
export function analyticOf(result: Result): AnalyticResult[] {
  const { duration, warmUp, replications } = result.run;
  const seconds = (duration - warmUp) * replications;
  const specs = result.resolved["parts"] as Record<string, { slots?: unknown }>;
  return result.parts.flatMap((part) => {
    const slots = specs[part.name]?.slots;
    const service = part.serviceTime?.mean ?? null;
    if (typeof slots !== "number" || service === null || service === 0 || part.calls.ok === 0)
      return [];
    const servers = slots * (part.fleet?.readyMean ?? 1);
    const arrivalRatePerSecond = part.serviceTime!.count / seconds;
    const offeredErlang = arrivalRatePerSecond * service;
    const whole = Math.max(1, Math.floor(servers + 1e-9));
    const stable = offeredErlang < whole;
    return [
      {
        part: part.name,
        servers,
        offeredErlang,
        utilisation: offeredErlang / servers,
        simulatedUtilisation: part.utilisation,
        waitingSeconds: stable
          ? mmc({ arrivalRatePerSecond, serviceRatePerSecond: 1 / service, servers: whole })
              .waitingSeconds
          : null,
        simulatedWaitingSeconds: part.waitingTime?.mean ?? null,
      },
    ];
  });
}
