/**
 * Demand: a source of requests and the clients behind them. It knows an entry, not what serves it.
 *
 *     arrivals -> class, key -> request -> call to the entry -> ... -> answered, or tried again, or failed
 */
import { z } from "zod";
import { lowerHalf, upperHalf } from "../kernel/fingerprint.ts";
import type { EventKind } from "../kernel/kernel.ts";
import type { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { count, flag, money, name, share, text } from "../schema/fields.ts";
import type { Arrivals } from "./arrivals/arrivals.ts";
import { arrivalProcesses, arrivalsSchema } from "./arrivals/index.ts";
import { NONE, type Calls } from "./calls.ts";
import { ClassMeter } from "./classMeter.ts";
import type { Caller, Exchange } from "./exchange.ts";
import { keyLaws, keysSchema } from "./keys/index.ts";
import type { Keys } from "./keys/keys.ts";
import { OK, type Outcome } from "./outcomes.ts";
import type { Directory, Part } from "./parts/part.ts";
import { policyFields, policyOf } from "./policy.ts";
import type { World } from "./world.ts";

const classSchema = z
  .strictObject({
    share: share("Share of the workload's requests; the shares of a mix add up to 100 %."),
    operation: text(
      "The operation of the entry it asks for; its own name unless given.",
    ).optional(),
    keys: keysSchema.describe("Which item each request is about; without it, none.").optional(),
    worth: money("What one request that succeeds is worth.").optional(),
    priority: count(
      "How urgent its requests are, and all calls made for them; larger is more urgent.",
      { max: 1000 },
    ).default(0),
  })
  .describe("One class of requests.");

type ClassSpec = z.output<typeof classSchema>;

export const workloadSchema = z
  .strictObject({
    to: name("The part at which its requests enter."),
    attack: flag(
      "Whether nobody is sorry for its requests: a flood, a scraper, made-up keys. Then they count towards no objective that does not name their class, and are told apart.",
    ).default(false),
    arrivals: arrivalsSchema.describe("When requests arrive."),
    mix: z
      .record(name("A request class."), classSchema)
      .describe("Its request classes; without it there is one, named like the workload.")
      .optional(),
    client: z
      .strictObject(policyFields)
      .describe("What clients do about slow and failed requests.")
      .prefault({}),
  })
  .describe("A source of requests.");

export type WorkloadSpec = z.output<typeof workloadSchema>;

/** One class of requests, as the workload draws it. */
interface RequestClass {
  readonly meter: ClassMeter;
  /** Number by which records name it -- constant. */
  readonly number: number;
  readonly operation: number;
  readonly keys: Keys | null;
  /** Upper end of its stretch of [0, 1) in the draw of a class -- constant. */
  readonly until: number;
}

/** The names of a workload's classes and the operations they ask for. */
export function classesOf(workload: string, spec: WorkloadSpec) {
  const mix: Readonly<Record<string, ClassSpec>> = spec.mix ?? {
    [workload]: { share: 1, priority: 0 },
  };
  return Object.entries(mix).map(([className, options]) => ({
    ...options,
    name: className,
    operation: options.operation ?? className,
  }));
}

export class Workload implements Caller {
  readonly meters: readonly ClassMeter[];
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  private readonly policy: number;
  private readonly entry: Part;
  private readonly arrivals: Arrivals;
  private readonly mix: Random;
  private readonly classes: readonly RequestClass[];
  private readonly arrivalDue: EventKind;
  /** Instant from which requests count as measured [ns] -- constant. */
  private readonly measuredFrom: Duration;

  constructor(
    world: World,
    workload: string,
    spec: WorkloadSpec,
    run: { duration: Duration; warmUp: Duration; directory: Directory; firstClass: number },
  ) {
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.caller = world.exchange.addCaller(this);
    this.measuredFrom = run.warmUp;
    this.entry = run.directory.part(spec.to);
    const policy = policyOf(spec.client, world.stream(workload, "retry"));
    this.policy = policy === null ? 0 : world.exchange.addPolicy(policy);
    this.arrivals = make(arrivalProcesses, spec.arrivals, {
      random: world.stream(workload, "arrivals"),
      stream: (purpose) => world.stream(workload, purpose),
      duration: run.duration,
    });
    this.mix = world.stream(workload, "mix");
    this.classes = makeClasses(world, workload, spec, this.entry, run.firstClass);
    for (const { number, meter } of this.classes) world.classNames[number] = meter.name;
    this.meters = this.classes.map(({ meter }) => meter);
    this.arrivalDue = world.kernel.on(() => this.arrive());
  }

  /** Schedules the first arrival. */
  open(): void {
    this.scheduleNext();
  }

  /** A request is born; the next one is scheduled when all that follows from it at once has happened. */
  private arrive(): void {
    const { calls } = this;
    const { now } = this.world.kernel;
    const drawn = this.draw();
    const key = drawn.keys === null ? NONE : drawn.keys.draw();
    drawn.meter.born(now >= this.measuredFrom);
    const call = calls.open(this.entry.number, drawn.operation, drawn.number, key);
    calls.setBornAt(call, now);
    calls.setCaller(call, this.caller, NONE);
    calls.setPolicy(call, this.policy);
    this.exchange.send(call);
    this.scheduleNext();
  }

  resolved(call: number, outcome: Outcome): void {
    const { calls, world } = this;
    const bornAt = calls.bornAt(call);
    const { now } = world.kernel;
    world.fingerprint.addWords(
      (calls.attempt(call) << 4) | outcome,
      calls.requestClass(call),
      calls.key(call),
      lowerHalf(bornAt),
      upperHalf(bornAt),
      lowerHalf(now),
      upperHalf(now),
    );
    const { meter } = this.classOf(call);
    const measured = bornAt >= this.measuredFrom;
    if (outcome === OK) meter.succeeded(now - bornAt, measured);
    else meter.failed(outcome, measured);
  }

  /** Clients never change their mind about a retry. */
  resume(call: number): boolean {
    this.classOf(call).meter.retried(this.calls.bornAt(call) >= this.measuredFrom);
    return true;
  }

  private classOf(call: number): RequestClass {
    return this.classes[this.calls.requestClass(call) - this.classes[0]!.number]!;
  }

  private draw(): RequestClass {
    const { classes } = this;
    if (classes.length === 1) return classes[0]!;
    const place = this.mix.next();
    let index = 0;
    while (place >= classes[index]!.until) index++;
    return classes[index]!;
  }

  private scheduleNext(): void {
    const next = this.arrivals.next(this.world.kernel.now);
    if (next !== Infinity) this.arrivalDue.at(next);
  }
}

function makeClasses(
  world: World,
  workload: string,
  spec: WorkloadSpec,
  entry: Part,
  firstClass: number,
): RequestClass[] {
  const listed = classesOf(workload, spec);
  let until = 0;
  return listed.map((listedClass, index) => {
    const { name: className, operation: wanted, share: part, keys, priority } = listedClass;
    const operation = entry.operation(wanted);
    if (operation === null) throw new Error(`the entry has no operation ${wanted}`);
    world.priorities[firstClass + index] = priority;
    until = index === listed.length - 1 ? Infinity : until + part;
    return {
      meter: new ClassMeter(className, workload, spec.attack),
      number: firstClass + index,
      operation,
      keys: keys
        ? make(keyLaws, keys, { random: world.stream(workload, `keys of ${className}`) })
        : null,
      until,
    };
  });
}
