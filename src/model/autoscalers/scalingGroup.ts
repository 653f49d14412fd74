/**
 * Several autoscalers of one part, as the policies and scheduled actions of an auto scaling group.
 *
 *     schedule, forecast ---- floor ----.
 *     policy A -- 12 --.                 v
 *     policy B --  9 --+-- the most: 12, at least the floor --> fleet
 *
 * Every policy goes by the size there is and may let it grow; of those that ask at the same instant
 * the one that asks for most is heard, when they shrink as well. Target tracking shrinks only when
 * all of that kind are ready to. What goes by the clock or by a forecast holds a floor: raising it
 * launches, lowering it leaves what is too much to the others.
 *
 * Source: Amazon EC2 Auto Scaling user guide, as-scale-based-on-demand.md and
 * as-scaling-target-tracking.md; Application Auto Scaling API reference, PutScalingPolicy, which says
 * that a step policy shrinks without waiting for target tracking.
 */
import type { Duration } from "../../kernel/time.ts";
import type { Agenda } from "../agenda.ts";
import type { Fleet } from "../fleet.ts";
import type { AutoscalerContext } from "./autoscaler.ts";

/** Who takes part. */
export interface Member {
  /** What its decisions are signed with. */
  readonly name: string;
  readonly among: "floor" | "policy" | "alone";
  /** How long its wish to shrink counts [ns]; null for one that needs no agreement. */
  readonly agreement: Duration | null;
}

/** What a member acts through. */
export type Seat = Pick<AutoscalerContext, "scaleTo" | "floor" | "held">;

/** What a member that shrinks by agreement wanted last. */
interface Wish {
  readonly wanted: number;
  readonly reason: string;
  readonly at: Duration;
}

interface Ask extends Wish {
  readonly member: Member;
}

export class ScalingGroup {
  private readonly fleet: Fleet;
  private readonly agenda: Agenda;
  private readonly note: AutoscalerContext["note"];
  private readonly members: Member[] = [];
  /** Instances wanted at least, by whom [instances] -- state. */
  private readonly floors = new Map<Member, number>();
  /** Wishes to shrink that may still count -- state. */
  private readonly shrinking = new Map<Member, Wish>();
  /** What policies ask for at this instant -- state. */
  private asked: Ask[] = [];
  /** The last thing that was not heeded, so that it is told once -- state. */
  private told = "";

  constructor(fleet: Fleet, agenda: Agenda, note: AutoscalerContext["note"]) {
    this.fleet = fleet;
    this.agenda = agenda;
    this.note = note;
  }

  join(member: Member): Seat {
    this.members.push(member);
    const floor = () => this.floor;
    if (member.among === "floor")
      return {
        floor,
        held: () => this.floors.get(member) ?? 0,
        scaleTo: (wanted, reason) => this.hold(member, wanted, reason),
      };
    const ask = (wanted: number, reason: string) => this.ask(member, wanted, reason);
    const act = (wanted: number, reason: string) => this.act(member, wanted, reason);
    return { floor, held: null, scaleTo: member.among === "policy" ? ask : act };
  }

  private get floor(): number {
    return Math.max(0, ...this.floors.values());
  }

  private hold(member: Member, wanted: number, reason: string): void {
    if (this.floors.get(member) === wanted) return;
    this.floors.set(member, wanted);
    if (this.floor > this.fleet.desired) this.act(member, this.floor, reason);
    else this.note("floor", `${member.name}: at least ${wanted}: ${reason}`);
  }

  private act({ name }: Member, wanted: number, reason: string): void {
    this.told = "";
    this.fleet.scaleTo(Math.max(wanted, this.floor), `${name}: ${reason}`);
  }

  /** All who look at this instant are heard before anything is done. */
  private ask(member: Member, wanted: number, reason: string): void {
    const { now } = this.agenda;
    if (this.asked.push({ member, wanted, reason, at: now }) === 1)
      this.agenda.after(0, () => this.settle());
  }

  private settle(): void {
    const { desired } = this.fleet;
    const { asked } = this;
    this.asked = [];
    for (const ask of asked)
      if (ask.member.agreement !== null && ask.wanted < desired)
        this.shrinking.set(ask.member, ask);
    const growing = asked.filter(({ wanted }) => wanted > desired);
    const most = largest(growing.length > 0 ? growing : this.shrunk(asked, desired));
    if (most === null) return;
    const others = asked
      .filter(({ member }) => member !== most.member)
      .map(({ member, wanted }) => `; ${member.name} asks for ${wanted}`);
    this.act(most.member, most.wanted, `${most.reason}${others.join("")}`);
  }

  /** Those of the wishes to shrink that may be heeded, with what others still wish. */
  private shrunk(asked: readonly Ask[], desired: number): readonly Ask[] {
    const alone = asked.filter(({ member }) => member.agreement === null);
    const agreeing = asked.filter(({ member }) => member.agreement !== null);
    if (agreeing.length === 0) return alone;
    const { now } = this.agenda;
    const parties = this.members.filter(({ agreement }) => agreement !== null);
    const wishes = parties.flatMap((member) => {
      const wish = this.shrinking.get(member);
      const counts =
        wish !== undefined && wish.wanted < desired && now - wish.at < member.agreement!;
      return counts ? [{ ...wish, member }] : [];
    });
    if (wishes.length === parties.length) return [...alone, ...wishes];
    const against = parties.filter((member) => !wishes.some((wish) => wish.member === member));
    this.tell(agreeing[0]!, against);
    return alone;
  }

  private tell({ member, wanted }: Ask, against: readonly Member[]): void {
    const names = against.map(({ name }) => name).join(" and ");
    const said = `${member.name} would shrink, ${names} would not`;
    if (said !== this.told) this.note("not heeded", `${said}: asked for ${wanted}`);
    this.told = said;
  }
}

/** The first of those who ask for most. */
function largest(asked: readonly Ask[]): Ask | null {
  return asked.reduce<Ask | null>(
    (best, one) => (best !== null && best.wanted >= one.wanted ? best : one),
    null,
  );
}
