/** The writing side of a cache: what it may do to the cache and the store, as its way of writing asks. */
import { ABANDONED, NONE, type Calls } from "../calls.ts";
import type { Caller, Target } from "../exchange.ts";
import type { Instance } from "../instance.ts";
import type { Outcome } from "../outcomes.ts";
import type { World } from "../world.ts";
import type { WriteContext, Writes } from "../writes/write.ts";
import { type Cache, SET } from "./cache.ts";

export class Writer implements Caller {
  /** Where writes of the store go; null for a way of writing that leaves the store alone. */
  target: Target | null = null;
  private readonly world: World;
  private readonly calls: Calls;
  private readonly cache: Cache;
  private readonly caller: number;
  private readonly writes: Writes;

  constructor(world: World, cache: Cache, make: (context: WriteContext) => Writes) {
    this.world = world;
    this.calls = world.calls;
    this.cache = cache;
    this.caller = world.exchange.addCaller(this);
    this.writes = make(this.context());
  }

  write(call: number): void {
    this.writes.write(call);
  }

  resolved(child: number, outcome: Outcome): void {
    this.writes.written(this.calls.parent(child), outcome);
  }

  resume(): boolean {
    return true;
  }

  crashed({ id, name }: Instance, part: string): void {
    const lost = this.writes.crashed(id);
    if (lost === 0) return;
    const reason = `${lost} written items had not reached the store`;
    this.world.journal.note({ plane: "fate", part, instance: name, what: "writes lost", reason });
  }

  private context(): WriteContext {
    const { cache, calls, world } = this;
    return {
      clock: world.kernel,
      on: (handler) => world.kernel.on(handler),
      instanceOf: (call) => cache.keeperOf(call)?.instance.id ?? NONE,
      keyOf: (call) => calls.key(call),
      keep: (call) => cache.keep(call),
      forget: (call) => cache.forget(call),
      store: (call) => this.store(call),
      answer: (call, outcome) => world.exchange.answer(call, outcome),
      behindTheScenes: (call) => this.open(call),
    };
  }

  private store(call: number): void {
    const { part, operation, policy } = this.target!;
    const { exchange } = this.world;
    exchange.send(exchange.openFor(call, this.caller, part, operation, policy));
  }

  /** A call like another, whose caller has gone already. */
  private open(like: number): number {
    const { calls, cache, world } = this;
    const call = calls.open(cache.number, SET, calls.requestClass(like), calls.key(like));
    calls.setBornAt(call, world.kernel.now);
    calls.raise(call, ABANDONED);
    return call;
  }
}
