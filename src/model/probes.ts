/**
 * Health checks that are calls: each goes to the one instance it is about, as any other call does,
 * through the door, the queue and a slot. They serve no request: nobody's counts have them but the
 * part's.
 */
import type { Duration } from "../kernel/time.ts";
import { NONE } from "./calls.ts";
import type { Caller, Target } from "./exchange.ts";
import type { Fleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import type { Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** Learns how a probe of an instance ended, and when it was sent [ns]. */
export type ProbeEnded = (instance: Instance, outcome: Outcome, sentAt: Duration) => void;

export class Probes implements Caller {
  private readonly world: World;
  private readonly caller: number;
  private readonly fleet: Fleet;
  private readonly target: () => Target;
  private readonly ended: ProbeEnded;

  /** @param target what is called; asked when the first probe is sent, once every part exists. */
  constructor(world: World, fleet: Fleet, target: () => Target, ended: ProbeEnded) {
    this.world = world;
    this.caller = world.exchange.addCaller(this);
    this.fleet = fleet;
    this.target = target;
    this.ended = ended;
  }

  send(instance: Instance): void {
    const { calls, exchange, kernel } = this.world;
    const { part, operation, policy } = this.target();
    const call = calls.open(part, operation, NONE, NONE);
    calls.setBornAt(call, kernel.now);
    calls.setCaller(call, this.caller, NONE);
    calls.setPolicy(call, policy);
    calls.setInstance(call, instance.id);
    exchange.send(call);
  }

  resolved(call: number, outcome: Outcome): void {
    const { calls } = this.world;
    this.ended(this.fleet.instances[calls.instance(call)]!, outcome, calls.bornAt(call));
  }

  resume(): boolean {
    return true;
  }
}
