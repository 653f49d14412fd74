/**
 * The pools of everybody who calls a part through connections: one for each calling instance, made
 * when it calls for the first time and gone when it dies.
 */
import { ExactSum } from "../kernel/exactSum.ts";
import { NO_EVENT, type EventKind } from "../kernel/kernel.ts";
import type { Duration } from "../kernel/time.ts";
import { ABANDONED, NONE, type Calls } from "./calls.ts";
import { Chain } from "./disciplines/chain.ts";
import type { Callee, Caller, Exchange, Withdrawal } from "./exchange.ts";
import { CANCELLED, LOST, REJECTED, RENEGED, type Outcome } from "./outcomes.ts";
import { ServiceMeter } from "./serviceMeter.ts";
import type { World } from "./world.ts";

/** The connections of one calling instance. */
class Pool {
  /** Calls that wait for a connection, the oldest first. */
  readonly queue: Chain;
  /** Connections in use [connections] -- state. */
  busy = 0;
  isHandingOut = false;
  /** False once its instance is dead: what still comes back belongs to nobody. */
  isOpen = true;

  constructor(calls: Calls) {
    this.queue = new Chain(calls);
  }
}

/** Instances of one part have numbers below this; see the numbers of pools. */
const INSTANCES = 2 ** 24;

export class ConnectionPools implements Callee, Caller {
  readonly number: number;
  readonly isBesideCaller = true;
  readonly withdrawals: Withdrawal;
  readonly meter: ServiceMeter;
  private readonly world: World;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly caller: number;
  /** Connections of one pool [connections] -- constant. */
  private readonly connections: number;
  private readonly waitTimeout: Duration;
  private readonly waitOver: EventKind;
  private target = NONE;
  /** Every pool there has been; a call keeps the number of its own as its step. */
  private readonly pools: Pool[] = [];
  /** Numbers of the open ones, by part and instance of the caller. */
  private readonly open = new Map<number, number>();
  private readonly watched = new Set<number>();
  /** In all open pools [connections] -- state. */
  private size = 0;
  private busy = 0;
  /** Both integrated up to `settledAt` [connection ns]. */
  private readonly sizeTime = new ExactSum();
  private readonly busyTime = new ExactSum();
  private settledAt: Duration = 0;

  constructor(world: World, connections: number, waitTimeout: Duration) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.connections = connections;
    this.waitTimeout = waitTimeout;
    this.number = world.exchange.addCallee(this);
    this.caller = world.exchange.addCaller(this);
    this.meter = new ServiceMeter(world.kernel, world.calls);
    this.waitOver = world.kernel.on((call) => {
      this.calls.setEvent(call, NO_EVENT);
      this.leaveQueue(call, REJECTED);
    });
    const { recalls } = world.exchange;
    this.withdrawals = {
      cancel: (call) =>
        this.waits(call) ? this.leaveQueue(call, CANCELLED) : recalls.cancelFor(call),
      renege: (call) =>
        this.waits(call) ? this.leaveQueue(call, RENEGED) : recalls.renegeFor(call),
    };
  }

  /** Connects the pools; after this they can serve. */
  join(target: number): void {
    this.target = target;
  }

  arrive(call: number): void {
    if (this.calls.has(call, ABANDONED)) return this.exchange.answer(call, CANCELLED);
    const number = this.poolOf(call);
    const pool = this.pools[number]!;
    this.calls.setStep(call, number);
    this.calls.setArrivedAt(call, this.world.kernel.now);
    if (pool.busy < this.connections && pool.queue.length === 0) this.take(call, pool);
    else this.wait(call, pool);
  }

  private wait(call: number, pool: Pool): void {
    pool.queue.push(call);
    this.meter.queued();
    this.calls.setEvent(call, this.waitOver.after(this.waitTimeout, call));
  }

  /** A call gets a connection and goes on. */
  private take(call: number, pool: Pool): void {
    const { calls, exchange } = this;
    this.settle();
    this.busy++;
    pool.busy++;
    calls.setStartedAt(call, this.world.kernel.now);
    calls.setOutstanding(call, 1);
    this.meter.waited(call);
    exchange.send(exchange.openFor(call, this.caller, this.target, calls.operation(call), 0));
  }

  resolved(child: number, outcome: Outcome): void {
    const call = this.calls.parent(child);
    const pool = this.poolAt(call);
    this.calls.setOutstanding(call, 0);
    this.meter.served(call);
    if (pool.isOpen) this.giveBack(pool);
    this.exchange.answer(call, outcome);
  }

  resume(): boolean {
    return true;
  }

  /** A connection is free: whoever has waited longest gets it, unless its caller has gone meanwhile. */
  private giveBack(pool: Pool): void {
    this.settle();
    this.busy--;
    pool.busy--;
    // A call that is back at once does not begin this again.
    if (pool.isHandingOut) return;
    pool.isHandingOut = true;
    while (pool.busy < this.connections && pool.queue.length > 0) {
      const next = pool.queue.first;
      if (this.calls.has(next, ABANDONED)) this.leaveQueue(next, CANCELLED);
      else {
        this.dequeue(next, pool);
        this.take(next, pool);
      }
    }
    pool.isHandingOut = false;
  }

  private dequeue(call: number, pool: Pool): void {
    pool.queue.remove(call);
    this.meter.dequeued();
    this.world.kernel.cancel(this.calls.event(call));
    this.calls.setEvent(call, NO_EVENT);
  }

  private leaveQueue(call: number, outcome: Outcome): void {
    this.dequeue(call, this.poolAt(call));
    this.exchange.answer(call, outcome);
  }

  private waits(call: number): boolean {
    return this.calls.outstanding(call) === 0;
  }

  private poolAt(call: number): Pool {
    return this.pools[this.calls.step(call)]!;
  }

  /** Number of the pool of whoever makes a call; those who are no instance, or gone, share one. */
  private poolOf(call: number): number {
    const maker = this.world.makerOf(call);
    const part = maker < 0 ? NONE : this.calls.part(maker);
    const key = part * INSTANCES + (maker < 0 ? NONE : this.calls.instance(maker));
    let number = this.open.get(key);
    if (number === undefined) {
      this.watch(part);
      this.settle();
      this.size += this.connections;
      number = this.pools.push(new Pool(this.calls)) - 1;
      this.open.set(key, number);
    }
    return number;
  }

  /** The pools of a part's instances live as long as these. */
  private watch(part: number): void {
    const fleet = this.world.fleets.get(part);
    if (fleet === undefined || this.watched.has(part)) return;
    this.watched.add(part);
    const close = ({ id }: { readonly id: number }) => this.close(part * INSTANCES + id);
    fleet.watch({ crashed: close, gone: close });
  }

  private close(key: number): void {
    const number = this.open.get(key);
    if (number === undefined) return;
    this.open.delete(key);
    const pool = this.pools[number]!;
    this.settle();
    this.size -= this.connections;
    this.busy -= pool.busy;
    pool.isOpen = false;
    while (pool.queue.length > 0) this.leaveQueue(pool.queue.first, LOST);
  }

  /** Totals up to now, as a part tells them. */
  read() {
    this.settle();
    const { meter } = this;
    const [sizeTime, busyTime] = [this.sizeTime.value, this.busyTime.value];
    return {
      busyTime,
      servingTime: sizeTime,
      slotTime: sizeTime,
      slotBusyTime: busyTime,
      queueTime: meter.queueTime(),
      queueLengthMax: meter.queueLengthMax,
      waitedSum: meter.waitedSum.value,
      waitedCount: meter.waitedCount,
      servedSum: meter.servedSum.value,
      servedCount: meter.servedCount,
    };
  }

  private settle(): void {
    const { now } = this.world.kernel;
    const time = now - this.settledAt;
    this.sizeTime.addProduct(this.size, time);
    this.busyTime.addProduct(this.busy, time);
    this.settledAt = now;
  }
}
