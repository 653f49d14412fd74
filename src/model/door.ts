/**
 * A part's door: every call passes its guards, one after the other, before the part sees it.
 *
 *     call -> guard -> guard -> part
 *               |        '- waits here, then goes on
 *               '- rejected: resolves at once, and those that admitted it are told
 *
 * A call that waits is not yet at the part. If its caller has gone by its turn, it does not come in:
 * a proxy notices that the connection is closed. One that is cancelled, or out of patience, goes at
 * once.
 */
import { NO_EVENT, type EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { ABANDONED, ADMITTED, NONE, UNDERWAY, type Calls } from "./calls.ts";
import type { Callee, Withdrawal } from "./exchange.ts";
import { ADMIT, HOLD, REJECT, type Guard, type GuardContext } from "./guards/guard.ts";
import { guards, type GuardSpec } from "./guards/index.ts";
import { CANCELLED, REJECTED, RENEGED, type Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

/** What one guard decided since the start [calls]. admitted + rejected = all that came to it. */
export interface GuardCounts {
  /** Let in, or on its way in. */
  admitted: number;
  rejected: number;
  /** Of those admitted, how many had to wait, and how many got a cheaper answer. */
  delayed: number;
  degraded: number;
}

/** What a door is built of, and where. */
export interface DoorPlan {
  /** The part's name. */
  readonly owner: string;
  /** The part's number. */
  readonly part: number;
  readonly guards: readonly GuardSpec[];
  /** Number of one of the part's operations. */
  operation(name: string): number | null;
}

/** Puts a door before a part that has guards. */
export function hangDoor(world: World, plan: DoorPlan): void {
  if (plan.guards.length === 0) return;
  const door = new Door(world, plan);
  world.exchange.standBefore(plan.part, door, door);
}

export class Door implements Callee {
  private readonly world: World;
  private readonly calls: Calls;
  private readonly behind: Callee;
  private readonly posts: readonly Post[];
  /** Whether a guard must know the instance before a call comes in -- constant. */
  private readonly needsPlace: boolean;
  private readonly waitOver: EventKind;
  /** How many guards have let in each of the calls that wait here, by call. */
  private readonly waiting = new Map<number, number>();
  /** A call that waits here is turned away; any other is at the part. */
  readonly withdrawals: Withdrawal;
  /** The operation that was asked for, of calls that are served another one, by call. */
  private readonly askedFor = new Map<number, number>();

  constructor(world: World, plan: DoorPlan) {
    this.world = world;
    this.calls = world.calls;
    this.behind = world.exchange.calleeOf(plan.part);
    this.needsPlace = plan.guards.some(({ per }) => per === "instance");
    this.waitOver = world.kernel.on((call, post) => this.goOn(call, post));
    this.withdrawals = {
      cancel: (call) => {
        if (this.holds(call)) this.takeOut(call, CANCELLED);
        else this.behind.withdrawals?.cancel(call);
      },
      renege: (call) => {
        if (this.holds(call)) this.takeOut(call, RENEGED);
        else this.behind.withdrawals?.renege(call);
      },
    };
    this.posts = plan.guards.map((spec, index) => {
      const context = this.contextOf(plan, index, () => this.posts[index]!);
      return new Post(spec, world.calls, () => make(guards, spec, context));
    });
  }

  arrive(call: number): void {
    if (!this.needsPlace) return this.pass(call, 0);
    this.assign(call);
    // With nobody there to be asked the part itself refuses the call.
    if (this.calls.instance(call) === NONE) this.behind.arrive(call);
    else this.pass(call, 0);
  }

  assign(call: number): void {
    this.behind.assign?.(call);
  }

  unassign(call: number, outcome?: Outcome): void {
    this.behind.unassign?.(call, outcome);
  }

  /** Whether a call waits here. */
  holds(call: number): boolean {
    return this.waiting.has(call);
  }

  get isBesideCaller(): boolean {
    return this.behind.isBesideCaller ?? false;
  }

  /** The part is done with a call it was given. */
  left(call: number, outcome: Outcome): void {
    this.posts.forEach((post) => post.finished(call, outcome, this.world.kernel.now));
    this.restore(call);
  }

  /** The operation a call asked for, whatever it is served. */
  operationAskedFor(call: number): number {
    return this.askedFor.get(call) ?? this.calls.operation(call);
  }

  /** What the guards are called, in order. */
  get names(): string[] {
    return this.posts.map(({ name }) => name);
  }

  /** What each guard decided, in order. */
  counts(): GuardCounts[] {
    return this.posts.map(({ counts }) => ({ ...counts }));
  }

  /** From one guard on, as far as they let it. */
  private pass(call: number, from: number): void {
    const { now } = this.world.kernel;
    for (let index = from; index < this.posts.length; index++) {
      const verdict = this.posts[index]!.admit(call, now);
      if (verdict === ADMIT) continue;
      if (verdict === REJECT) return this.turnAway(call, index);
      return this.keepWaiting(call, index, verdict);
    }
    this.calls.raise(call, ADMITTED);
    this.behind.arrive(call);
  }

  /** A guard has a call wait: so long, or until it says so. */
  private keepWaiting(call: number, index: number, verdict: number): void {
    this.calls.raise(call, UNDERWAY);
    const isTimed = verdict !== HOLD;
    this.waiting.set(call, isTimed ? index + 1 : index);
    if (isTimed) this.calls.setEvent(call, this.waitOver.after(verdict, call, index + 1));
  }

  /** A call goes before its turn. */
  private takeOut(call: number, outcome: Outcome): void {
    const at = this.waiting.get(call)!;
    if (!this.world.kernel.cancel(this.calls.event(call))) this.posts[at]!.forget(call);
    this.calls.lower(call, UNDERWAY);
    this.turnAway(call, at, outcome);
  }

  /** A call has waited long enough before a guard. */
  private goOn(call: number, from: number): void {
    this.waiting.delete(call);
    this.calls.setEvent(call, NO_EVENT);
    if (this.calls.has(call, ABANDONED)) return this.turnAway(call, from);
    this.calls.lower(call, UNDERWAY);
    this.pass(call, from);
  }

  /** Ends a call at the door; the guards before this one had let it in. */
  private turnAway(call: number, at: number, outcome: Outcome = REJECTED): void {
    const { now } = this.world.kernel;
    this.waiting.delete(call);
    for (let index = 0; index < at; index++) this.posts[index]!.finished(call, CANCELLED, now);
    this.restore(call);
    this.unassign(call);
    this.world.exchange.answer(call, outcome);
  }

  private restore(call: number): void {
    const operation = this.askedFor.get(call);
    if (operation === undefined) return;
    this.calls.setOperation(call, operation);
    this.askedFor.delete(call);
  }

  private contextOf(plan: DoorPlan, index: number, post: () => Post): GuardContext {
    const { world, calls } = this;
    return {
      random: world.stream(plan.owner, `guard ${index}`),
      className: (call) => world.classNames[calls.requestClass(call)],
      isAbandoned: (call) => calls.has(call, ABANDONED),
      letIn: (call) => this.goOn(call, index + 1),
      turnAway: (call) => this.turnAway(call, index),
      after: (delay: Duration, act) => world.agenda.after(delay, act),
      serve: (call, name) => {
        if (!this.askedFor.has(call)) this.askedFor.set(call, calls.operation(call));
        calls.setOperation(call, plan.operation(name)!);
        post().counts.degraded++;
      },
    };
  }
}

/** One guard of a door, or one for each key, class or instance. */
class Post {
  /** What results call it -- constant. */
  readonly name: string;
  readonly counts: GuardCounts = { admitted: 0, rejected: 0, delayed: 0, degraded: 0 };
  private readonly per: GuardSpec["per"];
  private readonly calls: Calls;
  private readonly create: () => Guard;
  /** The only one; null where there are several. */
  private readonly only: Guard | null;
  private readonly several = new Map<number, Guard>();

  constructor(spec: GuardSpec, calls: Calls, create: () => Guard) {
    this.name = spec.name ?? spec.kind;
    this.per = spec.per;
    this.calls = calls;
    this.create = create;
    this.only = spec.per === "part" ? create() : null;
  }

  admit(call: number, now: Duration): number {
    const verdict = this.guardOf(call).admit(call, now);
    if (verdict === REJECT) this.counts.rejected++;
    else {
      this.counts.admitted++;
      if (verdict !== ADMIT) this.counts.delayed++;
    }
    return verdict;
  }

  finished(call: number, outcome: Outcome, now: Duration): void {
    this.guardOf(call).finished?.(call, outcome, now);
  }

  /** A call that was held has gone. */
  forget(call: number): void {
    this.guardOf(call).forget?.(call);
  }

  private guardOf(call: number): Guard {
    if (this.only !== null) return this.only;
    const key = this.keyOf(call);
    let guard = this.several.get(key);
    if (guard === undefined) this.several.set(key, (guard = this.create()));
    return guard;
  }

  private keyOf(call: number): number {
    if (this.per === "key") return this.calls.key(call);
    return this.per === "class" ? this.calls.requestClass(call) : this.calls.instance(call);
  }
}
