/**
 * To whom a load balancer gives a call that has failed: to the next backend, as nginx does, or to
 * the same one again, as HAProxy does, which keeps the call's place while it waits.
 *
 *     same, tries: 4              a . a . a . a          a dot is the wait
 *     same-then-next, tries: 4    a . a . a b            b at once when a is known to be down
 */
import { z } from "zod";
import type { EventKind } from "../kernel/kernel.ts";
import { choice, duration } from "../schema/fields.ts";
import { UNDERWAY } from "./calls.ts";
import { LOST, REFUSED, TIMED_OUT, type Outcome } from "./outcomes.ts";
import type { Router } from "./router.ts";
import type { World } from "./world.ts";

export const retrySchema = z
  .strictObject({
    to: choice(
      "Who gets a call that failed: a backend that has not had it, the same one again, or the same one until the last try, which goes to the next; that one goes on at once from a backend its health check has given up.",
      ["next", "same", "same-then-next"],
    ).default("next"),
    wait: duration("How long it waits before it tries the same backend again.").prefault("0 s"),
    on: choice(
      "Which calls are tried again: only those refused, or those lost and timed out as well.",
      ["refused", "unanswered"],
    ).default("unanswered"),
  })
  .describe("How it tries again; without it, the next backend, for every call without an answer.");

export type RetrySpec = z.output<typeof retrySchema>;

const usual: RetrySpec = { to: "next", wait: 0, on: "unanswered" };

export class BalancerRetries {
  private readonly world: World;
  private readonly spec: RetrySpec;
  /** Times one call is sent at most -- constant. */
  private readonly tries: number;
  private readonly send: (call: number, backend: number) => void;
  private readonly due: EventKind;

  /** @param send gives a call to a backend that has kept its place. */
  constructor(
    world: World,
    { tries, retry = usual }: { readonly tries: number; readonly retry?: RetrySpec | undefined },
    send: (call: number, backend: number) => void,
  ) {
    this.world = world;
    this.spec = retry;
    this.tries = tries;
    this.send = send;
    this.due = world.kernel.on((call, backend) => {
      world.calls.lower(call, UNDERWAY);
      send(call, backend);
    });
  }

  /** Whether a call that has failed so often may be sent once more. */
  allows(outcome: Outcome, failures: number): boolean {
    if (failures >= this.tries) return false;
    // It may not have been worked on, or nobody knows: nginx's default `error timeout`.
    const isUnanswered = outcome === LOST || outcome === TIMED_OUT;
    return outcome === REFUSED || (isUnanswered && this.spec.on === "unanswered");
  }

  /** Whether one that may goes to the backend again that has just failed it. */
  stays(backend: number, failures: number, router: Router): boolean {
    const { to } = this.spec;
    if (to !== "same-then-next") return to === "same";
    if (!router.believesIn(backend)) return false;
    return failures + 1 < this.tries || router.size === 1;
  }

  /** Sends a call to the same backend again, after the wait. */
  again(call: number, backend: number): void {
    if (this.spec.wait === 0) return this.send(call, backend);
    this.world.calls.raise(call, UNDERWAY);
    this.due.after(this.spec.wait, call, backend);
  }
}
