/**
 * Vertical scaling: larger or smaller instances instead of more or fewer. A recommender finds the
 * size that fits what instances used; an updater takes away those of another size, a few at a time,
 * and the fleet launches them again with the new one.
 */
import { z } from "zod";
import { SECOND } from "../../kernel/time.ts";
import { count, duration, share, text } from "../../schema/fields.ts";
import { formatShare } from "../../schema/format.ts";
import type { Issue } from "../../schema/issue.ts";
import type { Shape } from "../shape.ts";
import { autoscaler, type AutoscalerContext } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";
import { evictable, smallestFor, UsageHistory } from "./verticalArithmetic.ts";

const sizeSchema = z
  .strictObject({
    type: text("Instance type, which has cores and a price.").optional(),
    cores: count("Cores, where there is no type: what a pod asks of its node.", {
      min: 1,
      max: 1000,
    }).optional(),
    slots: count("Calls one works on at once; as many as the part says unless given.", {
      min: 1,
      max: 1_000_000,
    }).optional(),
  })
  .describe("A size.");

const options = {
  sizes: z.array(sizeSchema).min(1).max(50).describe("What it may choose from."),
  percentile: share("Which percentile of usage counts.", { min: 0.01 }).prefault("90 %"),
  margin: share("What is added to it for safety, as a share of it.", { max: 10 }).prefault("15 %"),
  history: duration("How long a reading counts.", { min: SECOND }).prefault("8 d"),
  interval: duration("How often it measures, recommends and updates.", {
    min: SECOND,
  }).prefault("1 min"),
  tolerance: share("How many instances may be away at once for it; one always may.").prefault(
    "50 %",
  ),
  "min-instances": count("With fewer instances it takes none away.", { min: 1 }).default(2),
  ...measurementFields,
};

type Settings = z.output<z.ZodObject<typeof options>>;

export const vertical = autoscaler({
  kind: "vertical",
  summary:
    "Larger or smaller instances by a percentile of what they used and a margin, as Kubernetes' VerticalPodAutoscaler recommends and updates them.",
  source:
    "kubernetes/autoscaler, vertical-pod-autoscaler: pkg/recommender/logic, pkg/updater, docs/flags.md",
  notes:
    "It goes by cores where steps declare cpu, else by slots. Instances of another size than the one recommended are evicted, the oldest first: they finish their calls while others of the new size start. Of the product's recommender the percentile, the margin and the eight days of history are kept, each reading counting alike; its bounds around the target are the steps between sizes. What instances cost follows their type, and without one they cost nothing; reservations go on for the type the fleet began with.",
  example:
    "autoscalers:\n  web: { kind: vertical, sizes: [{ slots: 4 }, { slots: 8 }, { slots: 16 }] }",
  options,
  among: "neither",
  check: issuesOfSizes,
  most: () => 0,
  types: ({ sizes }) =>
    sizes.flatMap(({ type }, index) =>
      type === undefined ? [] : [{ type, path: ["sizes", index, "type"] }],
    ),
  create(settings, context) {
    const scaler = new VerticalScaler(settings, context);
    context.agenda.every(settings.interval, () => scaler.update());
  },
});

class VerticalScaler {
  private readonly settings: Settings;
  private readonly context: AutoscalerContext;
  private readonly usage: UsageHistory;
  private readonly shapes: readonly Shape[];
  /** What each shape has of what is measured, rising. */
  private readonly amounts: readonly number[];
  private readonly used: () => number[];

  constructor(settings: Settings, context: AutoscalerContext) {
    const { hardware } = context;
    this.settings = settings;
    this.context = context;
    this.usage = new UsageHistory(settings);
    const amount = (shape: Shape) => hardware.resourcesOf(shape);
    this.shapes = settings.sizes
      .map((size) => shapeOf(size, context))
      .sort((one, other) => amount(one) - amount(other));
    this.amounts = this.shapes.map(amount);
    const measure = context.measure(measuredEvery(settings.interval, settings), []);
    this.used = () =>
      measure.view().samples.flatMap(({ instance: { shape }, utilisation: { work } }) => {
        return work === null ? [] : [work * amount(shape ?? hardware.shape)];
      });
  }

  private get current(): Shape {
    const { fleet, hardware } = this.context;
    return fleet.shape ?? hardware.shape;
  }

  update(): void {
    const { agenda } = this.context;
    this.usage.add(this.used(), agenda.now);
    const { usage } = this.usage;
    if (usage === null) return;
    const shape = this.shapes[smallestFor(this.usage.wanted(usage), this.amounts)]!;
    if (!isLike(shape, this.current)) this.recommend(shape, usage);
    this.evict();
  }

  private recommend(shape: Shape, usage: number): void {
    const { fleet, hardware } = this.context;
    const { percentile, margin } = this.settings;
    const before = this.current;
    const wanted = this.usage.wanted(usage);
    const { measured } = hardware;
    const arithmetic = `${formatShare(percentile)} of readings use up to ${tenths(usage)} ${measured}, and ${formatShare(margin)} more is ${tenths(wanted)}`;
    this.context.note("resize", `${this.name(before)} → ${this.name(shape)}: ${arithmetic}`);
    fleet.shape = shape;
  }

  /** Takes away instances of another shape, as many as may be missing. */
  private evict(): void {
    const { fleet, hardware } = this.context;
    if (fleet.desired < this.settings["min-instances"]) return;
    const ready = fleet.ready();
    const { current } = this;
    const others = ready.filter(({ shape }) => !isLike(shape ?? hardware.shape, current));
    const count = evictable(fleet.desired, ready.length, this.settings.tolerance);
    for (const instance of others.slice(0, count))
      fleet.evict(instance, `makes room for ${this.name(current)}`);
  }

  private name(shape: Shape): string {
    const { hardware } = this.context;
    return shape.type ?? `${hardware.resourcesOf(shape)} ${hardware.measured}`;
  }
}

function shapeOf({ type, cores, slots }: Settings["sizes"][number], context: AutoscalerContext) {
  const { hardware } = context;
  const { shape: usual } = hardware;
  return {
    type: type ?? (cores === undefined ? usual.type : null),
    cores: type !== undefined ? hardware.coresOf(type) : (cores ?? usual.cores),
    slots: slots ?? usual.slots,
  };
}

function isLike(one: Shape, other: Shape): boolean {
  return one.type === other.type && one.cores === other.cores && one.slots === other.slots;
}

function tenths(amount: number): string {
  return String(Math.floor(amount * 10 + 0.5) / 10);
}

function issuesOfSizes({ sizes }: Settings): Issue[] {
  return sizes.flatMap(({ type, cores, slots }, index) => {
    const path = ["sizes", index];
    if (type !== undefined && cores !== undefined)
      return [{ path: [...path, "cores"], message: "the type has its cores already" }];
    if (type ?? cores ?? slots) return [];
    return [{ path, message: "a size of nothing; expected `type`, `cores` or `slots`" }];
  });
}
