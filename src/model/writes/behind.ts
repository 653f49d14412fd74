/**
 * Write-behind: the caller is answered at once, the store is written later, many items at a time.
 *
 *     write -> kept, dirty -> answer        `delay` after the first dirty item, or when `batch` are
 *                       '----------------->  dirty: one write of the store for each batch
 *
 * An item written twice meanwhile is written to the store once. What is dirty is lost with its
 * instance. A batch whose write failed is dirty again.
 */
import type { EventKind } from "../../kernel/kernel.ts";
import type { Duration } from "../../kernel/time.ts";
import { count, duration } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import { OK, type Outcome } from "../outcomes.ts";
import { writing, type WriteContext, type Writes } from "./write.ts";

export const behind = writing({
  kind: "behind",
  summary: "A write is answered at once; the store is written later, in batches (write-behind).",
  notes: "Writes that were answered and not yet in the store are lost when their instance dies.",
  options: {
    delay: duration(
      "How long after the first item became dirty all that are dirty are written.",
    ).prefault("1 s"),
    batch: count("Most items in one write of the store; as many are written without delay.", {
      min: 1,
    }).default(100),
  },
  usesStore: true,
  create: (options, context) => new WriteBehind(options, context),
});

class WriteBehind implements Writes {
  private readonly delay: Duration;
  private readonly batch: number;
  private readonly context: WriteContext;
  private readonly flushDue: EventKind;
  /** Keys to be written, in the order they became dirty, by instance. */
  private readonly dirty: Set<number>[] = [];
  /** Instances for which a flush is due. */
  private readonly due = new Set<number>();
  /** What is on its way to the store, by the call that carries it. */
  private readonly underWay = new Map<
    number,
    { readonly instance: number; keys: readonly number[] }
  >();

  constructor({ delay, batch }: { delay: Duration; batch: number }, context: WriteContext) {
    this.delay = delay;
    this.batch = batch;
    this.context = context;
    this.flushDue = context.on((instance, call) => this.flush(instance, call));
  }

  write(call: number): void {
    const { context } = this;
    const instance = context.instanceOf(call);
    if (instance === NONE) return context.store(call);
    context.keep(call);
    const dirty = (this.dirty[instance] ??= new Set());
    dirty.add(context.keyOf(call));
    if (dirty.size >= this.batch) this.send(instance, call);
    else this.arm(instance, call);
    context.answer(call, OK);
  }

  written(call: number, outcome: Outcome): void {
    const load = this.underWay.get(call);
    this.underWay.delete(call);
    if (load !== undefined && outcome !== OK) {
      for (const key of load.keys) this.dirty[load.instance]!.add(key);
      this.arm(load.instance, call);
    }
    this.context.answer(call, outcome);
  }

  crashed(instance: number): number {
    const lost = this.dirty[instance]?.size ?? 0;
    this.dirty[instance]?.clear();
    for (const load of this.underWay.values()) if (load.instance === instance) load.keys = [];
    return lost;
  }

  /** Sees to it that what is dirty is written; a call like `call` will carry it. */
  private arm(instance: number, call: number): void {
    if (this.due.has(instance)) return;
    this.due.add(instance);
    this.flushDue.after(this.delay, instance, this.context.behindTheScenes(call));
  }

  private flush(instance: number, carrier: number): void {
    this.due.delete(instance);
    // What fails at once is dirty again, and must wait for the next time.
    const { size } = this.dirty[instance]!;
    for (let sent = 0; sent < size; sent += this.batch) this.send(instance, carrier);
    this.context.answer(carrier, OK);
  }

  private send(instance: number, like: number): void {
    const dirty = this.dirty[instance]!;
    const keys = [...dirty].slice(0, this.batch);
    for (const key of keys) dirty.delete(key);
    const carrier = this.context.behindTheScenes(like);
    this.underWay.set(carrier, { instance, keys });
    this.context.store(carrier);
  }
}
