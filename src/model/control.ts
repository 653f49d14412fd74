/** What an autoscaler of a part is given to work with: joins the control plane to the platform. */
import { make } from "../schema/definition.ts";
import { found } from "./entries.ts";
import type { AutoscalerContext } from "./autoscalers/autoscaler.ts";
import {
  autoscalers,
  isSeveral,
  scalingOf,
  type AutoscalerSpec,
  type ScalingSpec,
} from "./autoscalers/index.ts";
import { ScalingGroup, type Member } from "./autoscalers/scalingGroup.ts";
import { measureWith, monitorSpec } from "./autoscalers/measure.ts";
import { Hold } from "./hold.ts";
import { metricOf } from "./metrics/index.ts";
import { Monitor } from "./monitor.ts";
import type { Part } from "./parts/part.ts";
import type { RateContext } from "./rates/rate.ts";
import type { World } from "./world.ts";

/** What a run says of itself to those who control it. */
export interface ControlledRun extends Pick<RateContext, "duration" | "open"> {
  /** What a clock on the wall shows at the start; null when nobody says. */
  readonly clock: string | null;
  /** Cores of an instance type [vCPU]. */
  coresOf(type: string): number;
}

/** Makes what decides the size of a part: one autoscaler, or several that share it. */
export function control(
  name: string,
  spec: ScalingSpec,
  part: Part,
  world: World,
  run: ControlledRun,
): void {
  if (!isSeveral(spec)) return make(autoscalers, spec, controlOf(name, name, part, world, run));
  const { fleet, agenda, note } = controlOf(name, name, part, world, run);
  const group = new ScalingGroup(fleet, agenda, note);
  spec.forEach((each, index) => {
    const owner = `${name} ${index}`;
    const seat = group.join(memberOf(each, index, spec));
    make(autoscalers, each, { ...controlOf(name, owner, part, world, run), ...seat });
  });
}

function memberOf(spec: AutoscalerSpec, index: number, all: readonly AutoscalerSpec[]): Member {
  const { among = "alone", agreement } = scalingOf(spec);
  const alike = all.filter(({ kind }) => kind === spec.kind).length > 1;
  return {
    name: alike ? `${spec.kind} (${index + 1})` : spec.kind,
    among: among === "neither" ? "alone" : among,
    agreement: agreement?.(spec as never) ?? null,
  };
}

/** @param owner of what an autoscaler draws: the part, unless it has several */
export function controlOf(
  name: string,
  owner: string,
  part: Part,
  world: World,
  { clock, duration, open, coresOf }: ControlledRun,
): AutoscalerContext {
  const { agenda, journal, exchange } = world;
  const fleet = found(part.fleet, `fleet of ${name}`);
  const service = found(part.service, `slots of ${name}`);
  const { losses } = service;
  return {
    agenda,
    fleet,
    clock,
    hardware: {
      measured: service.resource,
      shape: service.shape,
      resourcesOf: (shape) => service.resourcesOf(shape),
      coresOf,
    },
    rates: { duration, open, stream: (purpose) => world.stream(owner, `history ${purpose}`) },
    measure(spec, metrics) {
      const measured = metrics.some((metric) => metricOf(metric).readsLatency);
      const monitor = new Monitor(monitorSpec(spec), {
        agenda,
        stations: service.stations,
        resource: service.resource,
        arrived: () => exchange.countsOf(part.number).arrived + (losses.hold?.outside ?? 0),
        held: () => losses.hold?.length ?? 0,
        latency: measured ? service.meter.addLatencies() : null,
        random: spec["metric-loss"] > 0 ? world.stream(owner, "scrapes lost") : null,
      });
      return measureWith(monitor, () => fleet.ready());
    },
    hold(longest, limit) {
      const again = (call: number) => service.arrive(call);
      losses.hold = new Hold({ longest, limit, again }, fleet, world);
    },
    scaleTo: (wanted, reason) => fleet.scaleTo(wanted, reason),
    floor: () => 0,
    held: null,
    note: (what, reason) => journal.note({ plane: "scaling", part: name, what, reason }),
  };
}
