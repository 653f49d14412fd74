/** Lets everything that is to go wrong with a platform go wrong: what faults act through. */
import { make } from "../../schema/definition.ts";
import { Ailing } from "../ailing.ts";
import { found } from "../entries.ts";
import type { Part } from "../parts/part.ts";
import type { World } from "../world.ts";
import { faults, type FaultSpec } from "./index.ts";

/** Prepares faults over a platform whose parts are all there, by name. */
export function prepareFaults(
  specs: readonly FaultSpec[],
  parts: ReadonlyMap<string, Part>,
  world: World,
): void {
  const { agenda, journal, zones, exchange, pools } = world;
  const part = (name: string) => found(parts.get(name), `part ${name}`);
  const shared = {
    agenda,
    journal,
    zones,
    links: exchange.links,
    part,
    find: (name: string) => parts.get(name),
    fleet: (name: string) => pools.get(name)?.fleet ?? found(part(name).fleet, `fleet of ${name}`),
    fleets: [...parts.values(), ...pools.values()].flatMap(({ fleet }) => fleet ?? []),
    ailing: ailingIn(world, part),
  };
  specs.forEach((spec, index) => {
    const random = world.stream(`fault ${index}`, spec.kind);
    make(faults, spec, { ...shared, random });
  });
}

/** Stands before a part from the first time it is asked for. */
function ailingIn(world: World, part: (name: string) => Part): (name: string) => Ailing {
  const known = new Map<number, Ailing>();
  return (name) => {
    const { number } = part(name);
    const before = known.get(number);
    if (before) return before;
    const ailing = new Ailing(world, world.exchange.calleeOf(number));
    world.exchange.standBefore(number, ailing);
    known.set(number, ailing);
    return ailing;
  };
}
