/** What theory says of a queue in steady state. All times in seconds. */
export interface Averages {
  /** Busy share of the servers. */
  readonly utilisation: number;
  /** Mean time in the queue [s]. */
  readonly waitingSeconds: number;
  /** Mean time in the queue and in service [s]. */
  readonly responseSeconds: number;
  /** Mean number waiting. */
  readonly queueLength: number;
}

/** A queue whose whole law of waiting is known. */
export interface Queue extends Averages {
  /** Share of requests that wait at all. */
  readonly waitingProbability: number;
  /** The wait that a share p of requests do not exceed [s]; 0 where so many do not wait. */
  waitingSecondsAt(p: number): number;
  /** The response time that a share p of requests do not exceed [s]. */
  responseSecondsAt(p: number): number;
}
