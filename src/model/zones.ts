/** Which zones are out, so that fleets launch elsewhere until they come back. */
export class Zones {
  private readonly out = new Map<string, number>();
  private readonly watchers: (() => void)[] = [];

  /** Calls back whenever a zone comes back. */
  watch(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  isOut(zone: string): boolean {
    return (this.out.get(zone) ?? 0) > 0;
  }

  /** Outages of one zone may overlap; it is back when the last has ended. */
  takeOut(zone: string): void {
    this.out.set(zone, (this.out.get(zone) ?? 0) + 1);
  }

  bringBack(zone: string): void {
    this.out.set(zone, (this.out.get(zone) ?? 1) - 1);
    if (!this.isOut(zone)) for (const watcher of this.watchers) watcher();
  }
}
