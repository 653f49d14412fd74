/**
 * What a balancer's network carries: calls on their way in and, where answers come back through it,
 * those as well. One pipe for both, first in, first out: whatever passes goes in once and out once.
 *
 *     nat               call ->  [pipe] -> backend        answer <- [pipe] <- backend
 *     direct, tunnel    call ->  [pipe] -> backend        answer <----------- backend
 */
import { z } from "zod";
import type { EventKind } from "../kernel/kernel.ts";
import { SECOND, type Duration } from "../kernel/time.ts";
import { bytes, choice } from "../schema/fields.ts";
import { ABANDONED, UNDERWAY } from "./calls.ts";
import { linksSchema, sizeTold } from "./links.ts";
import { CANCELLED, type Outcome } from "./outcomes.ts";
import type { World } from "./world.ts";

export const pipeFields = {
  forwarding: choice(
    "Whether answers come back through it (nat, and every proxy) or go from the backend to the caller at once (direct routing, tunnels).",
    ["nat", "direct", "tunnel"],
  ).default("nat"),
  bandwidth: bytes(
    "Bytes a second that it can carry, calls and, with nat, answers together; they queue for it in order. Without it, any number.",
    { min: 1 },
  ).optional(),
};

const pipeSchema = z.strictObject(pipeFields);
export type PipeSpec = z.output<typeof pipeSchema>;

/** Sizes in a scenario that says nothing of links. */
const usual = linksSchema.parse({});

export class BalancerPipe {
  private readonly world: World;
  /** Time one byte takes [ns] -- constant. */
  private readonly perByte: Duration;
  private readonly carriesAnswers: boolean;
  /** When everything it has taken is through [ns] -- state. */
  private freeAt: Duration = 0;
  private readonly callDue: EventKind;
  private readonly answerDue: EventKind;

  /** @param arrived takes a call that is through. */
  constructor(
    world: World,
    { forwarding, bandwidth }: PipeSpec & { readonly bandwidth: number },
    arrived: (call: number) => void,
  ) {
    const { calls, exchange, kernel } = world;
    this.world = world;
    this.perByte = SECOND / bandwidth;
    this.carriesAnswers = forwarding === "nat";
    this.callDue = kernel.on((call) => {
      calls.lower(call, UNDERWAY);
      if (calls.isUnwanted(call)) exchange.answer(call, CANCELLED);
      else arrived(call);
    });
    this.answerDue = kernel.on((call, outcome) => {
      calls.lower(call, UNDERWAY);
      exchange.answer(call, outcome as Outcome);
    });
  }

  /** Carries a call to the balancer's choice. */
  carry(call: number): void {
    const { world } = this;
    const { request } = world.exchange.links?.spec ?? usual;
    world.calls.raise(call, UNDERWAY);
    this.callDue.after(this.passage(sizeTold(world, call, world.requestBytes) ?? request), call);
  }

  /** Carries an answer back; false where it goes another way, or nobody waits for it. */
  bring(call: number, outcome: Outcome): boolean {
    const { world } = this;
    if (!this.carriesAnswers || world.calls.has(call, ABANDONED)) return false;
    const { answer } = world.exchange.links?.spec ?? usual;
    world.calls.raise(call, UNDERWAY);
    const time = this.passage(sizeTold(world, call, world.answerBytes) ?? answer);
    this.answerDue.after(time, call, outcome);
    return true;
  }

  /** How long until so many bytes more are through [ns]. */
  private passage(size: number): Duration {
    const { now } = this.world.kernel;
    this.freeAt = Math.max(now, this.freeAt) + size * this.perByte;
    return this.freeAt - now;
  }
}
