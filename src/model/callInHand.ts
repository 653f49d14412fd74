/** The call a router is about to place, as balancers see it: one view that is moved from call to call. */
import type { Asked } from "./balancers/balancer.ts";
import { NONE, type Calls } from "./calls.ts";
import type { Fleet } from "./fleet.ts";

export class CallInHand implements Asked {
  call = NONE;
  redraws = 0;
  private readonly calls: Calls;
  /** The fleets of parts that have one, by the number of the part. */
  private readonly fleets: ReadonlyMap<number, Fleet>;

  constructor(calls: Calls, fleets: ReadonlyMap<number, Fleet>) {
    this.calls = calls;
    this.fleets = fleets;
  }

  get key(): number {
    return this.calls.key(this.call);
  }

  get source(): number {
    const user = this.calls.source(this.call);
    return user === NONE ? this.calls.key(this.call) : user;
  }

  /** That of the instance whose work made the call; shoppers stand nowhere. */
  get zone(): string | null {
    const parent = this.calls.parent(this.call);
    if (parent === NONE) return null;
    const instance = this.calls.instance(parent);
    const fleet = this.fleets.get(this.calls.part(parent));
    return instance === NONE || !fleet ? null : fleet.instances[instance]!.zone;
  }
}
