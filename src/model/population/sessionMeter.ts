/** What is counted of the sessions of one workload. started = completed + abandoned + under way. */

export interface SessionCounts {
  started: number;
  /** Left by a step whose next says so. */
  completed: number;
  /** Left because of an answer that was slow or wrong. */
  abandoned: number;
}

export class SessionMeter {
  readonly all: SessionCounts = { started: 0, completed: 0, abandoned: 0 };
  /** Sessions begun after the warm-up, whenever they end. */
  readonly measured: SessionCounts = { started: 0, completed: 0, abandoned: 0 };

  count(what: keyof SessionCounts, measured: boolean): void {
    this.all[what]++;
    if (measured) this.measured[what]++;
  }
}
