/**
 * Replaces instances of one version by those of another, a few at a time, with a Deployment's
 * arithmetic: launches while there are fewer than desired + surge, and takes away what keeps at least
 * desired - unavailable of them available.
 *
 * Source: kubernetes/kubernetes pkg/controller/deployment/rolling.go and util/deployment_util.go.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet, FleetObserver } from "../fleet.ts";
import type { Instance } from "../instance.ts";

export interface Pace {
  readonly surge: number;
  readonly "surge-instances"?: number | undefined;
  readonly unavailable: number;
  readonly "unavailable-instances"?: number | undefined;
  readonly "min-ready": Duration;
}

/** Instances above and below the desired number [instances]; one of them is at least 1. */
export function slackOf(pace: Pace, desired: number): { surge: number; unavailable: number } {
  const surge = pace["surge-instances"] ?? Math.ceil(partOf(desired, pace.surge));
  const unavailable =
    pace["unavailable-instances"] ?? Math.floor(partOf(desired, pace.unavailable));
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** A share of a number, exact for shares of up to four decimals of a percent. */
export function partOf(whole: number, share: number): number {
  return (Math.floor(share * 1e6 + 0.5) * whole) / 1e6;
}

/** What a replacement is to come to. */
export interface Aim {
  /** The version that grows, and the one that makes room for it. */
  readonly to: number;
  readonly from: number;
  /** Instances of the growing version that are wanted, of so many desired [instances]. */
  readonly goal: (desired: number) => number;
}

/** All of them. */
export const everyone = (desired: number): number => desired;

/** What a replacement works on, and whom it tells. */
export interface ReplacementContext {
  readonly fleet: Fleet;
  readonly agenda: Agenda;
  /** Something has changed for the better. */
  progressed(): void;
  /** As many instances of the growing version as wanted are available, and as many others are left. */
  reached(): void;
}

export class Replacement implements FleetObserver {
  private aim: Aim;
  private readonly pace: Pace;
  private readonly context: ReplacementContext;
  private isMeeting = false;
  private isReached = false;
  private isAtWork = true;

  constructor(pace: Pace, aim: Aim, context: ReplacementContext) {
    this.pace = pace;
    this.aim = aim;
    this.context = context;
    context.fleet.watch(this);
  }

  /** Wants something else from now on. */
  aimAt(aim: Aim): void {
    this.aim = aim;
    this.isReached = false;
    this.meet("rollout");
  }

  /** The rollout is over: what happens to instances is no business of it any more. */
  stop(): void {
    this.isAtWork = false;
  }

  ready(instance: Instance): void {
    const { life } = instance;
    this.context.agenda.after(this.pace["min-ready"], () => {
      if (instance.life !== life || instance.state !== "ready" || !this.isAtWork) return;
      this.context.progressed();
      this.meet("rollout");
    });
  }

  crashed(): void {
    if (this.isAtWork) this.meet("rollout");
  }

  gone(): void {
    if (this.isAtWork) this.meet("rollout");
  }

  meet(reason: string): void {
    if (this.isMeeting) return;
    this.isMeeting = true;
    while (this.grow(reason) || this.shrink(reason)) this.context.progressed();
    this.isMeeting = false;
    if (this.isReached || !this.hasArrived()) return;
    this.isReached = true;
    this.context.reached();
  }

  private hasArrived(): boolean {
    const { desired } = this.context.fleet;
    const wanted = Math.min(desired, this.aim.goal(desired));
    const grown = this.alive(true);
    const others = this.alive(false);
    const isThere = grown.length === wanted && others.length === desired - wanted;
    return isThere && grown.every((each) => this.isAvailable(each));
  }

  /** Launches what is missing of either version, as far as there is room above the desired number. */
  private grow(reason: string): boolean {
    const { fleet } = this.context;
    const { desired } = fleet;
    const wanted = Math.min(desired, this.aim.goal(desired));
    const grown = this.alive(true).length;
    const others = this.alive(false).length;
    const room = desired + slackOf(this.pace, desired).surge - grown - others;
    const more = Math.min(room, wanted - grown);
    const back = Math.min(room - Math.max(0, more), desired - wanted - others);
    return (
      this.launch(more, this.aim.to, reason) > 0 || this.launch(back, this.aim.from, reason) > 0
    );
  }

  private launch(count: number, version: number, reason: string): number {
    let launched = 0;
    while (launched < count && this.context.fleet.launch(reason, { version })) launched++;
    return launched;
  }

  /** Takes away what is too much: of others, what is not available first. */
  private shrink(reason: string): boolean {
    const { fleet } = this.context;
    const { desired } = fleet;
    const wanted = Math.min(desired, this.aim.goal(desired));
    const grown = this.alive(true);
    const others = this.alive(false);
    if (grown.length > wanted) return this.retire(grown, grown.length - wanted, reason);
    const tooMany = others.length - (desired - wanted);
    const least = desired - slackOf(this.pace, desired).unavailable;
    const coming = grown.filter((each) => !this.isAvailable(each)).length;
    const removable = Math.min(tooMany, grown.length + others.length - least - coming);
    if (removable <= 0) return false;
    const dead = others.filter((each) => !this.isAvailable(each));
    if (dead.length > 0) return this.retire(dead, Math.min(dead.length, removable), reason);
    const available = grown.length - coming + others.length;
    return this.retire(others, Math.min(removable, available - least), reason);
  }

  private retire(from: readonly Instance[], count: number, reason: string): boolean {
    const { fleet, agenda } = this.context;
    const { termination } = fleet.options;
    let left = from;
    for (let retired = 0; retired < count; retired++) {
      const leaver =
        left.find((each) => each.state !== "ready") ?? termination.choose(left, agenda.now);
      left = left.filter((each) => each !== leaver);
      fleet.retire(leaver, reason);
    }
    return count > 0;
  }

  /** Instances of the growing version, or of any other, that are there to stay. */
  private alive(areGrowing: boolean): Instance[] {
    return this.context.fleet.instances.filter(
      ({ version, state, leaving }) =>
        (version === this.aim.to) === areGrowing && state !== "gone" && !leaving,
    );
  }

  private isAvailable({ state, stateSince }: Instance): boolean {
    return state === "ready" && this.context.agenda.now - stateSince >= this.pace["min-ready"];
  }
}
