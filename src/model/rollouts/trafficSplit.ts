/** Calls shared out between two versions by a router that draws for each call. */
import type { Random } from "../../kernel/random.ts";
import type { Instance } from "../instance.ts";

export class TrafficSplit {
  /** Share of the calls that goes to the new version [0 to 1] -- state. */
  weight = 0;
  private readonly version: number;
  private readonly random: Random;
  private readonly instances: readonly Instance[];
  /** Instance ids of the new version, and of all others. */
  private readonly canaries: number[] = [];
  private readonly others: number[] = [];

  /** @param instances every instance of the fleet there ever was, to which others may be added */
  constructor(version: number, instances: readonly Instance[], random: Random) {
    this.version = version;
    this.instances = instances;
    this.random = random;
  }

  /** Draws for a call: the instances it must not have, with those that have failed it. */
  avoided(tried: readonly number[]): readonly number[] {
    for (let id = this.canaries.length + this.others.length; id < this.instances.length; id++)
      (this.instances[id]!.version === this.version ? this.canaries : this.others).push(id);
    const side = this.random.next() < this.weight ? this.others : this.canaries;
    return tried.length === 0 ? side : [...side, ...tried];
  }
}
