/**
 * A small platform played by hand: calls are sent at chosen instants, and the log says how and when
 * each ended. Times are seconds, so that a reader can do the sums.
 *
 *     const play = new Rehearsal({ web: { kind: "service", slots: 1, work: "2 s" } });
 *     play.ask(0, "web");
 *     play.ask(1, "web");
 *     play.run(10);
 *     expect(play.endings).toEqual(["2 a ok", "4 b ok"]);
 */
import { LONGEST_RUN, SECOND } from "../../src/kernel/time.ts";
import { scalingSchema } from "../../src/model/autoscalers/index.ts";
import { NONE } from "../../src/model/calls.ts";
import { control } from "../../src/model/control.ts";
import type { Caller } from "../../src/model/exchange.ts";
import { prepareFaults } from "../../src/model/faults/fate.ts";
import { faultSchema } from "../../src/model/faults/index.ts";
import type { Fleet } from "../../src/model/fleet.ts";
import type { Plane } from "../../src/model/journal.ts";
import { Links, linksSchema } from "../../src/model/links.ts";
import { makeNodePool, nodePoolSchema, scaleNodes } from "../../src/model/nodePoolSpec.ts";
import { outcomes, type Outcome } from "../../src/model/outcomes.ts";
import { parts, partSchema } from "../../src/model/parts/index.ts";
import { splitTarget, type Part } from "../../src/model/parts/part.ts";
import { policyFields, policyOf } from "../../src/model/policy.ts";
import { rolloutSchema } from "../../src/model/rollouts/index.ts";
import { prepareRollouts } from "../../src/model/rollouts/prepare.ts";
import { Supply, supplySchema } from "../../src/model/supply.ts";
import { World } from "../../src/model/world.ts";
import { make } from "../../src/schema/definition.ts";
import { z } from "zod";

const policySchema = z.strictObject(policyFields);

export interface Platform {
  readonly faults?: readonly object[];
  readonly autoscalers?: Readonly<Record<string, object>>;
  /** Cores of every instance type named in a fleet. */
  readonly cores?: number;
  readonly links?: object;
  /** What a clock on the wall shows at the start. */
  readonly clock?: string;
  /** Node pools, by name. */
  readonly nodes?: Readonly<Record<string, object>>;
  readonly supply?: object;
  readonly rollouts?: readonly object[];
}

export interface Wish {
  /** What the log calls it; letters in the order of asking unless given. */
  readonly name?: string;
  readonly key?: number;
  readonly timeout?: string;
  readonly retry?: object;
  readonly hedge?: object;
  readonly patience?: string | object;
  readonly cancellation?: string;
}

export class Rehearsal implements Caller {
  readonly world = new World("rehearsal");
  /** "2.5 a ok": when, who, how; in the order in which it happened. */
  readonly endings: string[] = [];
  private readonly parts = new Map<string, Part>();
  private readonly names: string[] = [];
  private readonly caller: number;

  constructor(written: Readonly<Record<string, object>>, platform: Platform = {}) {
    this.caller = this.world.exchange.addCaller(this);
    const { links } = platform;
    if (links) this.world.exchange.links = new Links(this.world, linksSchema.parse(links));
    if (platform.supply)
      this.world.supply = new Supply(supplySchema.parse(platform.supply), this.world);
    this.buildNodes(platform.nodes ?? {}, platform.cores ?? 1);
    this.build(written, platform.cores ?? 1);
    this.buildControl(platform);
    this.buildRollouts(platform.rollouts ?? []);
    this.buildFate(platform.faults ?? []);
    for (const { fleet } of this.world.pools.values()) fleet.open();
    for (const part of this.parts.values()) part.fleet?.open();
  }

  /** Sends a call to "part.operation" at an instant [s]. */
  ask(at: number, target: string, { name, key = NONE, ...policy }: Wish = {}): void {
    const number = this.names.push(name ?? String.fromCharCode(97 + this.names.length)) - 1;
    const { part, operation } = splitTarget(target);
    const { agenda, calls, exchange } = this.world;
    const spec = policySchema.parse(policy);
    const made = policyOf(spec, this.world.stream("rehearsal", `retry ${number}`));
    const policyNumber = made === null ? 0 : exchange.addPolicy(made);
    const callee = this.part(part);
    agenda.at(at * SECOND, () => {
      const call = calls.open(callee.number, callee.operation(operation)!, number, key);
      calls.setBornAt(call, this.world.kernel.now);
      calls.setCaller(call, this.caller, NONE);
      calls.setPolicy(call, policyNumber);
      exchange.send(call);
    });
  }

  /** Does something to the platform at an instant [s]. */
  at(time: number, act: () => void): void {
    this.world.agenda.at(time * SECOND, act);
  }

  /** Plays up to an instant [s]. */
  run(until: number): void {
    this.world.kernel.run(until * SECOND);
  }

  part(name: string): Part {
    return this.parts.get(name)!;
  }

  fleet(name: string): Fleet {
    return this.world.pools.get(name)?.fleet ?? this.part(name).fleet!;
  }

  /** States of the instances of a part, in the order they were launched. */
  states(name: string): string[] {
    return this.fleet(name).instances.map(({ state }) => state);
  }

  /** Calls a part has met, by outcome; what never happened is left out. */
  counts(name: string): Record<string, number> {
    const { arrived, resolved } = this.world.exchange.countsOf(this.part(name).number);
    const named = outcomes.map((outcome, number) => [outcome, resolved[number]!] as const);
    return Object.fromEntries([["arrived", arrived], ...named.filter(([, count]) => count > 0)]);
  }

  /** Calls anywhere that have not been seen to the end by both sides [calls]. */
  get live(): number {
    return this.world.calls.live;
  }

  /** What was noted, as "20 web-1 crash". */
  noted(...planes: Plane[]): string[] {
    return this.world.journal.entries
      .filter(({ plane }) => planes.includes(plane))
      .map(({ at, instance, part, what }) => `${at / SECOND} ${instance ?? part ?? "-"} ${what}`);
  }

  /** The reasons given for what was noted. */
  reasons(plane: Plane): string[] {
    return this.world.journal.entries
      .filter((entry) => entry.plane === plane)
      .map(({ at, reason }) => `${at / SECOND}: ${reason}`);
  }

  resolved(call: number, outcome: Outcome): void {
    const { calls, kernel } = this.world;
    const name = this.names[calls.requestClass(call)]!;
    this.endings.push(`${kernel.now / SECOND} ${name} ${outcomes[outcome]}`);
  }

  resume(): boolean {
    return true;
  }

  private buildNodes(written: Readonly<Record<string, object>>, cores: number): void {
    for (const [name, each] of Object.entries(written)) {
      const spec = nodePoolSchema.parse(each);
      const pool = makeNodePool(name, spec, this.world, {
        coresOf: () => cores,
        pricePerHourOf: () => 0,
      });
      this.world.pools.set(name, pool);
      scaleNodes(pool, spec, this.world);
    }
  }

  private build(written: Readonly<Record<string, object>>, cores: number): void {
    const directory = { part: (name: string) => this.part(name) };
    for (const [name, each] of Object.entries(written)) {
      const spec = partSchema.parse(each);
      const context = { name, world: this.world, directory, coresOf: () => cores };
      const part = make(parts, spec, context);
      this.parts.set(name, part);
      this.world.partNames[part.number] = name;
    }
    for (const part of this.parts.values()) part.link();
  }

  private buildControl({ autoscalers: written = {}, clock, cores = 1 }: Platform): void {
    const open = () => {
      throw new Error("a rehearsal has no files");
    };
    const run = { clock: clock ?? null, duration: LONGEST_RUN, open, coresOf: () => cores };
    for (const [name, each] of Object.entries(written)) {
      control(name, scalingSchema.parse(each), this.part(name), this.world, run);
    }
  }

  private buildFate(written: readonly object[]): void {
    const specs = written.map((each) => faultSchema.parse(each));
    prepareFaults(specs, this.parts, this.world);
  }

  private buildRollouts(written: readonly object[]): void {
    const specs = written.map((each) => rolloutSchema.parse(each));
    prepareRollouts(specs, this.parts, this.world);
  }
}
