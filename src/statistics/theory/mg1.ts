/** M/G/1: Poisson arrivals, any service law, one server; and the same shared instead of queued for. */
import { assert } from "../../kernel/assert.ts";
import type { Averages } from "./queue.ts";

export interface Mg1Load {
  readonly arrivalRatePerSecond: number;
  readonly serviceSeconds: number;
  /** Squared coefficient of variation of the service time, as every distribution tells. */
  readonly serviceScv: number;
}

/** The formula of Pollaczek (1930) and Khinchine (1932), for any order that ignores the sizes. */
export function mg1({ arrivalRatePerSecond, serviceSeconds, serviceScv }: Mg1Load): Averages {
  const utilisation = arrivalRatePerSecond * serviceSeconds;
  assert(utilisation < 1, "the queue grows without end");
  const secondMoment = serviceSeconds * serviceSeconds * (1 + serviceScv);
  const waitingSeconds = (arrivalRatePerSecond * secondMoment) / (2 * (1 - utilisation));
  return {
    utilisation,
    waitingSeconds,
    responseSeconds: waitingSeconds + serviceSeconds,
    queueLength: arrivalRatePerSecond * waitingSeconds,
  };
}

/**
 * Variance of the wait, first come first served [s²]; of the same formula's transform. `thirdMoment`
 * is that of the service time [s³]. L. Kleinrock, Queueing Systems I (1975), section 5.7.
 */
export function mg1WaitingVariance(load: Mg1Load, thirdMoment: number): number {
  const { waitingSeconds, utilisation } = mg1(load);
  return (
    waitingSeconds * waitingSeconds +
    (load.arrivalRatePerSecond * thirdMoment) / (3 * (1 - utilisation))
  );
}

/**
 * Mean square of the wait, last come first served without interruption [s²]. L. Takács, Annals of
 * Mathematical Statistics 34 (1963).
 */
export function mg1LifoSquare(load: Mg1Load, thirdMoment: number): number {
  const { utilisation, waitingSeconds } = mg1(load);
  const spare = 1 - utilisation;
  const work = 2 * spare * waitingSeconds; // λ E[S²]
  return (
    (load.arrivalRatePerSecond * thirdMoment) / (3 * spare * spare) +
    (work * work) / (2 * spare * spare * spare)
  );
}

/**
 * Variance of the response [s²], last come first served with interruption: a call is gone when the
 * server has done with it and all who came after, which is a busy period. L. Takács, Introduction to
 * the Theory of Queues (1962).
 */
export function busyPeriodVariance(load: Mg1Load): number {
  const { serviceSeconds, serviceScv } = load;
  const { utilisation } = mg1(load);
  const spare = 1 - utilisation;
  const square = serviceSeconds * serviceSeconds * (1 + serviceScv);
  const mean = processorSharing(load);
  return square / (spare * spare * spare) - mean * mean;
}

/**
 * Mean response under processor sharing [s]. Only the mean size matters, whatever its law.
 * L. Kleinrock, JACM 14 (1967).
 */
export function processorSharing(load: Omit<Mg1Load, "serviceScv">): number {
  const utilisation = load.arrivalRatePerSecond * load.serviceSeconds;
  assert(utilisation < 1, "the work grows without end");
  return load.serviceSeconds / (1 - utilisation);
}
