/**
 * Who of several load balancers has the virtual address: VRRP as Keepalived does it.
 *
 *     master: advert | advert | advert | x
 *     backup:                          |---- 3 adverts + skew ----| takes over
 *
 * The skew is smaller the higher the priority, so that the best of those left is the first.
 */
import { z } from "zod";
import type { Duration } from "../kernel/time.ts";
import { SECOND } from "../kernel/time.ts";
import { count, duration, flag } from "../schema/fields.ts";
import type { Agenda } from "./agenda.ts";

export const vrrpSchema = z
  .strictObject({
    priorities: z
      .array(count("A priority.", { min: 1, max: 254 }))
      .min(2)
      .max(16)
      .describe("Priorities of the nodes, the larger the better; the best begins as master.")
      .default([150, 100]),
    advert: duration("Time between two adverts of the master.", { min: 1 }).prefault("1 s"),
    "adverts-missed": count("Adverts a backup waits for, beside its skew.", {
      min: 1,
      max: 100,
    }).default(3),
    preempt: flag("A node of higher priority that comes back takes the address back.").default(
      true,
    ),
    "preempt-delay": duration("How long it waits before it begins to.").prefault("0 s"),
  })
  .describe(
    "Nodes of which one has the address, as Keepalived's VRRP: what the fault balancer-crash strikes. Calls that come while nobody has it hear nothing.",
  );

export type VrrpSpec = z.output<typeof vrrpSchema>;

interface Node {
  readonly number: number;
  readonly priority: number;
  isUp: boolean;
  /** Counts its starts. */
  life: number;
}

export class Vrrp {
  readonly nodes: readonly Node[];
  /** Called when the address is gone, with null, and when a node has taken it, with the node. */
  onChange: (master: Node | null) => void = () => {};
  private readonly spec: VrrpSpec;
  private readonly agenda: Agenda;
  private holder: Node | null;
  /** When it took the address; it sends adverts from then on [ns]. */
  private since: Duration = 0;
  /** Counts masters that died, so that what was planned while one lived is not done after it. */
  private term = 0;

  constructor(spec: VrrpSpec, agenda: Agenda) {
    this.spec = spec;
    this.agenda = agenda;
    this.nodes = spec.priorities.map((priority, index) => {
      return { number: index + 1, priority, isUp: true, life: 0 };
    });
    this.holder = this.nodes.reduce((best, node) => (node.priority > best.priority ? node : best));
  }

  get master(): Node | null {
    return this.holder;
  }

  /** A node dies; one that stops in order says so in a last advert, of priority 0. */
  crash(node: Node, inOrder: boolean): void {
    node.isUp = false;
    if (node !== this.holder) return;
    const { now } = this.agenda;
    const { advert } = this.spec;
    const lastHeard = this.since + Math.floor((now - this.since) / advert) * advert;
    this.holder = null;
    this.term++;
    this.onChange(null);
    for (const each of this.nodes) {
      if (!each.isUp) continue;
      const due = inOrder ? now + skewOf(each) : lastHeard + this.patienceOf(each);
      this.takeOverAt(due, each);
    }
  }

  /** A node is back, as a backup. */
  restart(node: Node): void {
    node.isUp = true;
    node.life++;
    const due = this.agenda.now + this.patienceOf(node);
    const { preempt, "preempt-delay": delay } = this.spec;
    // Somebody of lower priority may be the first to take an address that nobody has now.
    if (this.holder === null) this.takeOverAt(due, node);
    if (preempt) this.takeOverAt(due + delay, node, true);
  }

  private takeOverAt(due: Duration, node: Node, preempts = false): void {
    const { term } = this;
    const { life } = node;
    this.agenda.at(due, () => {
      if (term !== this.term || !node.isUp || node.life !== life) return;
      if (this.holder !== null && !(preempts && this.holder.priority < node.priority)) return;
      this.holder = node;
      this.since = this.agenda.now;
      this.onChange(node);
    });
  }

  /** How long a backup waits after the last advert [ns]. */
  private patienceOf(node: Node): Duration {
    return this.spec["adverts-missed"] * this.spec.advert + skewOf(node);
  }
}

/** acassen/keepalived, vrrp.h: VRRP version 2, whatever the time between adverts [ns]. */
function skewOf({ priority }: Node): Duration {
  return Math.floor(((256 - priority) * SECOND) / 256);
}
