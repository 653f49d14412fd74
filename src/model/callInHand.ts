/** The call a router is about to place, as balancers see it: one view that is moved from call to call. */
import type { Asked } from "./balancers/balancer.ts";
import { NONE, type Calls } from "./calls.ts";
import type { World } from "./world.ts";

export class CallInHand implements Asked {
  call = NONE;
  redraws = 0;
  private readonly world: World;
  private readonly calls: Calls;

  constructor(world: World) {
    this.world = world;
    this.calls = world.calls;
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
    const maker = this.world.makerOf(this.call);
    if (maker < 0) return null;
    const instance = this.calls.instance(maker);
    const fleet = this.world.fleets.get(this.calls.part(maker));
    return instance === NONE || !fleet ? null : fleet.instances[instance]!.zone;
  }
}
