/** Repair crews: so many repairs are under way at once, the others wait in the order they came. */
export class Crews {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(crews: number) {
    this.free = crews;
  }

  get allBusy(): boolean {
    return this.free === 0;
  }

  /** Begins a job as soon as there is a crew for it; whoever began it must tell that it is over. */
  take(job: () => void): void {
    if (this.free === 0) this.waiting.push(job);
    else {
      this.free--;
      job();
    }
  }

  over(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free++;
    else next();
  }
}
