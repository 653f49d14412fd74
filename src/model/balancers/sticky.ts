/** Sticky sessions: a client stays with the backend it came to first, chosen by another balancer. */
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { duration } from "../../schema/fields.ts";
import { NONE } from "../calls.ts";
import {
  balancer,
  idsOf,
  type Asked,
  type Backends,
  type Balancer,
  type BalancerContext,
} from "./balancer.ts";
import { plainBalancers, plainBalancerSchema } from "./plain.ts";

export const sticky = balancer({
  kind: "sticky",
  summary: "Keeps each client with the backend it came to first.",
  source: "nginx: sticky; HAProxy: cookie; AWS: stickiness of a target group",
  notes:
    "The key stands for the client where clients are not told apart; calls with neither are balanced one by one. A client whose backend is gone, marked down or full is given another and stays there. Remembers every client: some 30 bytes each.",
  options: {
    balancer: plainBalancerSchema
      .describe("Who chooses for a client that has no backend yet.")
      .prefault("round-robin"),
    lifetime: duration(
      "How long after its last call a client is remembered; without it, to the end of the run.",
    ).optional(),
  },
  create: (options, context) =>
    new Sticky(
      make(plainBalancers, options.balancer, context),
      options.lifetime ?? Infinity,
      context,
    ),
});

class Sticky implements Balancer {
  private readonly inner: Balancer;
  private readonly lifetime: Duration;
  private readonly clock: BalancerContext["clock"];
  private ids: readonly number[] = [];
  private readonly positions: (number | undefined)[] = [];
  /** Where a client's session is kept, by client. */
  private readonly sessions = new Map<number, number>();
  /** By session: the instance, and until when it is remembered [ns]. */
  private readonly homes: number[] = [];
  private readonly until: number[] = [];

  constructor(inner: Balancer, lifetime: Duration, { clock }: BalancerContext) {
    this.inner = inner;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  choose(backends: Backends, call: Asked): number {
    if (call.source === NONE) return this.inner.choose(backends, call);
    const session = this.sessionOf(call.source);
    const { now } = this.clock;
    const home = this.until[session]! > now ? this.positions[this.homes[session]!] : undefined;
    // A home that is of no use for this call is given up.
    const position =
      home === undefined || call.redraws > 0 ? this.inner.choose(backends, call) : home;
    this.homes[session] = this.ids[position]!;
    this.until[session] = now + this.lifetime;
    return position;
  }

  private sessionOf(source: number): number {
    const known = this.sessions.get(source);
    if (known !== undefined) return known;
    const session = this.homes.length;
    this.sessions.set(source, session);
    this.homes.push(NONE);
    this.until.push(0);
    return session;
  }

  sent(position: number): void {
    this.inner.sent?.(position);
  }

  answered(position: number, elapsed: Duration, good: boolean): void {
    this.inner.answered?.(position, elapsed, good);
  }

  failed(id: number, allowed: number): void {
    this.inner.failed?.(id, allowed);
  }

  left(id: number): void {
    this.inner.left?.(id);
  }

  changed(backends: Backends): void {
    for (const id of this.ids) this.positions[id] = undefined;
    this.ids = idsOf(backends);
    this.ids.forEach((id, position) => (this.positions[id] = position));
    this.inner.changed?.(backends);
  }
}
