/** Keeps the slots of each instance at what it has not lost of those it should have. */
import type { FleetObserver } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Service } from "./service.ts";

export class Capacity implements FleetObserver {
  private readonly service: Service;
  /** Of an instance that has lost none [slots] -- constant. */
  private readonly slots: number;

  constructor(service: Service, slots: number) {
    this.service = service;
    this.slots = slots;
  }

  ready(instance: Instance): void {
    if (instance.lostCapacity > 0) this.capacity(instance);
  }

  /** Calls in a slot keep it; slots that come back are given out at once. */
  capacity(instance: Instance): void {
    const station = this.service.stations[instance.id];
    if (!station) return;
    // A hair of rounding does not cost a slot.
    const slots = instance.shape?.slots ?? this.slots;
    const left = Math.floor(slots * (1 - instance.lostCapacity) + 1e-9);
    station.slots = Math.min(slots, Math.max(0, left));
    this.service.handOut(station);
  }
}
