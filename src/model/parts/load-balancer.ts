/**
 * A load balancer: sends each call on to one instance of the part behind it.
 *
 *     call -> choose among the backends its health checks believe in -> instance
 *                 ^------------- another try, if allowed -------------'
 */
import { z } from "zod";
import type { Issue } from "../../schema/issue.ts";
import { BalancerPipe, pipeFields, type PipeSpec } from "../balancerPipe.ts";
import { BalancerRetries, retrySchema, type RetrySpec } from "../balancerRetries.ts";
import { BalancerQueue, type QueueSpec } from "../balancerQueue.ts";
import { ejectors, ejectorSchema } from "../ejectors/index.ts";
import { presetField } from "../presets/index.ts";
import { count, duration, name, share } from "../../schema/fields.ts";
import { balancers, balancerSchema } from "../balancers/index.ts";
import { NONE, type Calls } from "../calls.ts";
import { detectorSchema } from "../detectors/index.ts";
import { hangDoor } from "../door.ts";
import type { Caller, Exchange, Relay, Withdrawal } from "../exchange.ts";
import type { Relay as RelayLane } from "../express/lane.ts";
import { guardsField } from "../guards/index.ts";
import { CANCELLED, DROPPED, OK, REFUSED, RENEGED, type Outcome } from "../outcomes.ts";
import { policyOf } from "../policy.ts";
import type { Router } from "../router.ts";
import type { Service } from "../service.ts";
import { Vrrp, vrrpSchema } from "../vrrp.ts";
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
      "Backends it tries for a call that was refused, lost or timed out, the first included; see `retry`.",
      { min: 1, max: 100 },
    ).default(1),
    retry: retrySchema.optional(),
    preset: presetField("load-balancer"),
    "passive-check": ejectorSchema
      .describe("What it concludes from calls that fail.")
      .prefault("none"),
    "max-calls": count("Calls one backend may have from it at once; without it, any number.", {
      min: 1,
    }).optional(),
    queue: z
      .strictObject({
        limit: count("Calls that may wait; without it, any number.").optional(),
        timeout: duration("How long a call may wait; without it, for ever.").optional(),
      })
      .describe(
        "Where calls wait while every backend has its `max-calls`; without it they are dropped.",
      )
      .optional(),
    "slow-start": duration(
      "How long a backend that has come up is spared: its weight rises to the whole over this time.",
    ).optional(),
    "backup-zones": z
      .array(name("A zone."))
      .describe("Zones whose instances get calls only when no other backend is left.")
      .default([]),
    "panic-below": share(
      "When a smaller share of the backends than this is up, it sends to all of them.",
    ).prefault("0 %"),
    ...pipeFields,
    vrrp: vrrpSchema.optional(),
    guards: guardsField,
  },
  notes:
    "An instance that is scaled in gets no new calls and may finish those it has: the fleet's drain-timeout is the deregistration delay.",
  check: checkLoadBalancer,
  hasFleet: false,
  hasSlots: false,
  choosesInstances: true,
  operations: ({ to }) => ({ like: to }),
  references: ({ to }) => [{ path: ["to"], target: to }],
  create(options, context): Part {
    const balancer = new LoadBalancer(context.world, options);
    const target = () => context.directory.part(options.to);
    const operation = (named: string) => target().operation(named);
    const { vrrp, guards = [] } = options;
    hangDoor(context.world, { owner: context.name, part: balancer.number, guards, operation });
    return {
      ...(vrrp && { vrrp: new Vrrp(vrrp, context.world.agenda) }),
      number: balancer.number,
      fleet: null,
      service: null,
      operation,
      link() {
        const backends = makeBackends(options, target(), context);
        balancer.join(target(), backends, policyNumber(options, context));
      },
      items: () => target().items?.() ?? Infinity,
      isUp: () => balancer.hasBackends,
      lane: () => balancer.lane(),
      read: () => nothingRead,
      resource: null,
      keeps: false,
      waitingTime: null,
      serviceTime: null,
      beginMeasuring: () => {},
    };
  },
});

interface Settings extends PipeSpec {
  readonly tries: number;
  readonly retry?: RetrySpec | undefined;
  readonly queue?: QueueSpec | undefined;
}

interface Checked extends PipeSpec {
  readonly tries: number;
  readonly timeout?: number | undefined;
  readonly balancer: { readonly kind: string };
  readonly "health-check": { readonly kind: string };
  readonly "passive-check": { readonly kind: string };
  readonly "max-calls"?: number | undefined;
  readonly queue?: QueueSpec | undefined;
}

/** What only makes sense with something else. */
function checkLoadBalancer(options: Checked): Issue[] {
  const issues: Issue[] = [];
  const passive = ejectors.find(({ kind }) => kind === options["passive-check"].kind);
  if (passive?.needsActiveCheck && options["health-check"].kind === "none") {
    const message = `${passive.kind} only tells an active health check what it sees, and there is none`;
    issues.push({ path: ["passive-check"], message });
  }
  issues.push(...withoutAnswers(options));
  return options["max-calls"] === undefined ? [...issues, ...withoutLimit(options)] : issues;
}

/** What only makes sense where answers come back through the balancer. */
function withoutAnswers({ forwarding, tries, timeout }: Checked): Issue[] {
  if (forwarding === "nat" || (tries === 1 && timeout === undefined)) return [];
  const message = "answers go past it, so it can neither wait for one nor try again; expected nat";
  return [{ path: ["forwarding"], message }];
}

/** What only makes sense with a limit of calls for each backend. */
function withoutLimit(options: Checked): Issue[] {
  const issues: Issue[] = [];
  if (options.queue !== undefined) {
    const message = "no call ever waits here without max-calls, the calls one backend may have";
    issues.push({ path: ["queue"], message });
  }
  const member = balancers.find(({ kind }) => kind === options.balancer.kind);
  if (member?.needsLimit) {
    const message = `${member.kind} sends everything to one backend without max-calls, the calls one may have`;
    issues.push({ path: ["balancer"], message });
  }
  return issues;
}

class LoadBalancer implements Relay, Caller {
  readonly number: number;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  /** A call that waits here goes; of any other the backend that has it hears. */
  readonly withdrawals: Withdrawal;
  private readonly caller: number;
  private readonly retries: BalancerRetries;
  /** The backends that have failed a call, one for each time, by call; most calls have none. */
  private readonly tried = new Map<number, readonly number[]>();
  private readonly queue: BalancerQueue | null;
  /** What calls and answers must get through; null for one that carries any number. */
  private readonly pipe: BalancerPipe | null;
  private target = NONE;
  /** The part behind, which may hold calls; null for one without slots. */
  private behind: Service | null = null;
  private router!: Router;
  private policy = 0;
  /** Whether calls can be passed on in their own records: nobody on the way keeps account of them. */
  private passesOn = true;

  constructor(world: World, settings: Settings) {
    const { queue, forwarding, bandwidth } = settings;
    this.calls = world.calls;
    this.exchange = world.exchange;
    const { recalls } = world.exchange;
    this.withdrawals = {
      cancel: (call) => {
        if (!this.leavesQueue(call, CANCELLED)) recalls.cancelFor(call);
      },
      renege: (call) => {
        if (!this.leavesQueue(call, RENEGED)) recalls.renegeFor(call);
      },
    };
    this.number = world.exchange.addRelay(this);
    this.caller = world.exchange.addCaller(this);
    this.retries = new BalancerRetries(world, settings, (call, backend) =>
      this.give(call, backend),
    );
    this.queue = queue === undefined ? null : new BalancerQueue(world, this, queue);
    this.pipe =
      bandwidth === undefined
        ? null
        : new BalancerPipe(world, { forwarding, bandwidth }, (call) => this.admit(call));
  }

  /** Gives the balancer its backends; after this it can serve. */
  join(target: Part, router: Router, policy: number): void {
    this.target = target.number;
    this.behind = target.service;
    this.router = router;
    this.policy = policy;
    const { exchange } = this;
    const guarded = exchange.doorOf(this.number) ?? exchange.doorOf(this.target);
    this.passesOn = policy === 0 && guarded === undefined && exchange.links === null;
    router.open();
    if (this.queue !== null) router.onRoom = () => this.queue!.empty();
  }

  get hasBackends(): boolean {
    return this.router.hasBackends;
  }

  lane(): RelayLane {
    const target = { part: this.target, operation: 0, policy: this.policy };
    return { kind: "relay", router: this.router, target };
  }

  arrive(call: number): void {
    if (this.pipe === null) this.admit(call);
    else this.pipe.carry(call);
  }

  private admit(call: number): void {
    if (this.queue !== null && this.queue.length > 0) return this.queue.push(call);
    if (this.place(call)) return;
    if (this.router.size === 0) this.nobody(call);
    else if (this.queue === null) this.exchange.answer(call, DROPPED);
    else this.queue.push(call);
  }

  /** There is no backend: the part behind may hold the call until there is one. */
  private nobody(call: number): void {
    const hold = this.behind?.losses.hold ?? null;
    if (hold === null) return this.exchange.answer(call, REFUSED);
    hold.outside++;
    hold.take(call, this.again);
  }

  private readonly again = (call: number): void => {
    this.behind!.losses.hold!.outside--;
    this.admit(call);
  };

  /** Ends a call that waits here; false for one that does not. */
  private leavesQueue(call: number, outcome: Outcome): boolean {
    if (this.behind?.losses.hold?.remove(call, outcome)) return true;
    if (this.queue === null || !this.queue.remove(call)) return false;
    this.exchange.answer(call, outcome);
    return true;
  }

  /** Sends a call to a backend, if there is one with room. */
  place(call: number): boolean {
    const backend = this.router.choose(call);
    if (backend < 0) return false;
    this.forward(call, backend);
    return true;
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
    if (!this.isKept(call, child, outcome)) this.exchange.answer(call, outcome);
  }

  returned(call: number, outcome: Outcome): boolean {
    return this.isKept(call, call, outcome);
  }

  /** A call is back from a backend; true while its caller has to wait, for another or for the pipe. */
  private isKept(call: number, sent: number, outcome: Outcome): boolean {
    if (this.isSentOn(call, sent, outcome)) return true;
    return this.pipe !== null && this.pipe.bring(call, outcome);
  }

  moved(call: number, to: number): void {
    const tried = this.tried.get(call);
    if (tried === undefined) return;
    this.tried.delete(call);
    this.tried.set(to, tried);
  }

  /** A call is back from a backend, in its record or in one of its own; true if another try has it. */
  private isSentOn(call: number, sent: number, outcome: Outcome): boolean {
    const backend = this.calls.instance(sent);
    if (outcome === OK && this.tried.size === 0) {
      this.router.answered(backend, sent, outcome);
      return false;
    }
    const failures = 1 + (this.tried.get(call)?.length ?? 0);
    const isTriedAgain = this.retries.allows(outcome, failures);
    if (isTriedAgain && this.retries.stays(backend, failures, this.router)) {
      this.router.failedAndKept(backend, outcome);
      this.noteFailure(call, backend);
      this.retries.again(call, backend);
      return true;
    }
    this.router.answered(backend, sent, outcome);
    const another = isTriedAgain ? this.router.choose(call, this.noteFailure(call, backend)) : NONE;
    if (another >= 0) this.forward(call, another);
    else this.tried.delete(call);
    return another >= 0;
  }

  /** The backends that have failed a call, this one included. */
  private noteFailure(call: number, backend: number): readonly number[] {
    const tried = [...(this.tried.get(call) ?? []), backend];
    this.tried.set(call, tried);
    return tried;
  }

  /** A call goes once more to a backend that has kept its place, unless nobody wants it by now. */
  private give(call: number, backend: number): void {
    if (!this.calls.isUnwanted(call)) return this.forward(call, backend);
    this.tried.delete(call);
    this.router.answered(backend, call, CANCELLED);
    this.exchange.answer(call, CANCELLED);
  }

  resume(): boolean {
    return true;
  }
}

function makeBackends(
  options: Parameters<typeof makeRouter>[0] & { readonly to: string },
  { fleet }: Part,
  context: PartContext,
): Router {
  if (fleet === null) throw new Error("a load balancer needs a part that runs on a fleet");
  return makeRouter(options, { name: options.to, fleet }, context);
}

function policyNumber({ timeout }: { timeout?: number | undefined }, { name, world }: PartContext) {
  const policy = policyOf({ timeout }, world.stream(name, "tries"));
  return policy === null ? 0 : world.exchange.addPolicy(policy);
}
