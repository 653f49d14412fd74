/** Lets new versions come to the parts of a platform: what rollouts act through. */
import { make } from "../../schema/definition.ts";
import { distributions } from "../../statistics/distributions/index.ts";
import { found } from "../entries.ts";
import type { Part } from "../parts/part.ts";
import type { World } from "../world.ts";
import { rollouts, type RolloutSpec } from "./index.ts";
import { Versions } from "./versions.ts";

/** Prepares rollouts over a platform whose parts are all there, by name. */
export function prepareRollouts(
  specs: readonly RolloutSpec[],
  parts: ReadonlyMap<string, Part>,
  world: World,
): void {
  const { agenda, journal, calls } = world;
  const known = new Map<string, Versions>();
  specs.forEach((spec, index) => {
    const { fleet: machines, service } = found(parts.get(spec.of), `part ${spec.of}`);
    const fleet = found(machines, `fleet of ${spec.of}`);
    const versions =
      known.get(spec.of) ??
      new Versions({ fleet, calls, agenda, journal, random: world.stream(spec.of, "bad answers") });
    known.set(spec.of, versions);
    if (service) service.losses.inspector = versions;
    const { name, slower, "error-rate": errorRate, "crash-after": crashes } = spec.version;
    const random = world.stream(`rollout ${index}`, "crashes");
    const crashAfter = crashes ? make(distributions, crashes, { random }) : null;
    const version = versions.add({ slower, errorRate, crashAfter }, name);
    const split = world.stream(`rollout ${index}`, "traffic");
    make(rollouts, spec, { agenda, journal, fleet, versions, version, split });
  });
}
