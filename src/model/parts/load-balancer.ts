/**
 * A load balancer: sends each call on to one instance of the part behind it.
 *
 *     call -> choose among the backends its health checks believe in -> instance
 *                 ^------------- another try, if allowed -------------'
 */
import { count, duration, name } from "../../schema/fields.ts";
import { balancerSchema } from "../balancers/index.ts";
import { NONE, type Calls } from "../calls.ts";
import { detectorSchema } from "../detectors/index.ts";
import { hangDoor } from "../door.ts";
import type { Caller, Exchange, Relay } from "../exchange.ts";
import { guardsField } from "../guards/index.ts";
import { LOST, OK, REFUSED, TIMED_OUT, type Outcome } from "../outcomes.ts";
import { policyOf } from "../policy.ts";
import type { Router } from "../router.ts";
import type { World } from "../world.ts";
import { nothingRead, part, type Part, type PartContext } from "./part.ts";
import { makeRouter } from "./serving.ts";

export const loadBalancer = part({
  kind: "load-balancer",
  summary: "Sends each call on to one instance of the part behind it.",
  options: {
    to: name("The part whose instances are its backends."),
    balancer: balancerSchema.describe("How it chooses a backend.").prefault("round-robin"),
    "health-check": detectorSchema.describe("How it learns which backends answer.").prefault({}),
    timeout: duration("How long it waits for one backend; without it, for ever.").optional(),
    tries: count(
      "Backends it tries for a call that was refused, lost or timed out, the first included.",
      { min: 1, max: 100 },
    ).default(1),
    guards: guardsField,
  },
  hasFleet: false,
  hasSlots: false,
  operations: ({ to }) => ({ like: to }),
  references: ({ to }) => [{ path: ["to"], target: to }],
  create(options, context): Part {
    const balancer = new LoadBalancer(context.world, options.tries);
    const target = () => context.directory.part(options.to);
    const operation = (named: string) => target().operation(named);
    const { guards = [] } = options;
    hangDoor(context.world, { owner: context.name, part: balancer.number, guards, operation });
    return {
      number: balancer.number,
      fleet: null,
      service: null,
      operation,
      link() {
        const backends = makeBackends(options, target(), context);
        balancer.join(target(), backends, policyNumber(options, context));
      },
      items: () => target().items?.() ?? Infinity,
      read: () => nothingRead,
      resource: null,
      keeps: false,
      waitingTime: null,
      serviceTime: null,
      beginMeasuring: () => {},
    };
  },
});

class LoadBalancer implements Relay, Caller {
  readonly number: number;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly caller: number;
  /** Backends tried for one call at most [backends] -- constant. */
  private readonly tries: number;
  /** The backends that have failed a call, by call; most calls have none. */
  private readonly tried = new Map<number, readonly number[]>();
  private target = NONE;
  private router!: Router;
  private policy = 0;
  /** Whether calls can be passed on in their own records: nobody on the way keeps account of them. */
  private passesOn = true;

  constructor(world: World, tries: number) {
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.number = world.exchange.addRelay(this);
    this.caller = world.exchange.addCaller(this);
    this.tries = tries;
  }

  /** Gives the balancer its backends; after this it can serve. */
  join(target: Part, router: Router, policy: number): void {
    this.target = target.number;
    this.router = router;
    this.policy = policy;
    const { exchange } = this;
    this.passesOn = policy === 0 && !exchange.doorOf(this.number) && !exchange.doorOf(this.target);
    router.open();
  }

  arrive(call: number): void {
    const backend = this.router.choose(call);
    if (backend === NONE) this.exchange.answer(call, REFUSED);
    else this.forward(call, backend);
  }

  /** With a timer, or guards, the balancer makes a call of its own; else it passes the caller's on. */
  private forward(call: number, backend: number): void {
    if (!this.passesOn) return this.call(call, backend);
    this.calls.setInstance(call, backend);
    this.exchange.passOn(call, this.target);
  }

  private call(call: number, backend: number): void {
    const operation = this.calls.operation(call);
    const child = this.exchange.openFor(call, this.caller, this.target, operation, this.policy);
    this.calls.setInstance(child, backend);
    this.exchange.send(child);
  }

  resolved(child: number, outcome: Outcome): void {
    const call = this.calls.parent(child);
    if (this.isSentOn(call, child, outcome)) return;
    this.exchange.answer(call, outcome);
  }

  returned(call: number, outcome: Outcome): boolean {
    return this.isSentOn(call, call, outcome);
  }

  /** A call is back from a backend, in its record or in one of its own; true if another has it now. */
  private isSentOn(call: number, sent: number, outcome: Outcome): boolean {
    const backend = this.calls.instance(sent);
    this.router.answered(backend, sent, outcome);
    if (outcome === OK && this.tried.size === 0) return false;
    const another = worthAnotherBackend(outcome) ? this.chooseAnother(call, backend) : NONE;
    if (another === NONE) {
      this.tried.delete(call);
      return false;
    }
    this.forward(call, another);
    return true;
  }

  /** A backend that has not failed the call yet; NONE when its tries, or the backends, are used up. */
  private chooseAnother(call: number, failed: number): number {
    const tried = [...(this.tried.get(call) ?? []), failed];
    if (tried.length >= this.tries) return NONE;
    this.tried.set(call, tried);
    return this.router.chooseAnother(call, tried);
  }

  resume(): boolean {
    return true;
  }
}

/** The call may not have been worked on, or nobody knows: nginx's default `error timeout`. */
function worthAnotherBackend(outcome: Outcome): boolean {
  return outcome === REFUSED || outcome === LOST || outcome === TIMED_OUT;
}

function makeBackends(
  options: Parameters<typeof makeRouter>[0],
  target: Part,
  context: PartContext,
): Router {
  if (target.fleet === null) throw new Error("a load balancer needs a part that runs on a fleet");
  return makeRouter(options, target.fleet, context);
}

function policyNumber({ timeout }: { timeout?: number | undefined }, { name, world }: PartContext) {
  const policy = policyOf({ timeout }, world.stream(name, "tries"));
  return policy === null ? 0 : world.exchange.addPolicy(policy);
}
