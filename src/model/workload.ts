/**
 * Demand: a source of requests and the clients behind them. It knows an entry, not what serves it.
 *
 *     population -> class, key -> request -> call to the entry -> ... -> answered, or tried again, or failed
 *         '------------------ users who wait for it hear of it ---------------'
 */
import { z } from "zod";
import { lowerHalf, upperHalf } from "../kernel/fingerprint.ts";
import type { Random } from "../kernel/random.ts";
import type { Duration } from "../kernel/time.ts";
import { make } from "../schema/definition.ts";
import { count, flag, name, share } from "../schema/fields.ts";
import type { Arrivals } from "./arrivals/arrivals.ts";
import { arrivalsSchema } from "./arrivals/index.ts";
import { BACKING_OFF, NONE, type Calls } from "./calls.ts";
import { ClassMeter } from "./classMeter.ts";
import { Connections } from "./connections.ts";
import type { Caller, Exchange } from "./exchange.ts";
import { keyLaws } from "./keys/index.ts";
import type { Keys } from "./keys/keys.ts";
import { OK, type Outcome } from "./outcomes.ts";
import type { Directory, Part } from "./parts/part.ts";
import { policyFields, policyOf } from "./policy.ts";
import { distributions } from "../statistics/distributions/index.ts";
import { CacheDesk } from "./population/cacheDesk.ts";
import { usersSchema } from "./population/closed.ts";
import { Dns, dnsSchema } from "./population/dns.ts";
import { journeySchema } from "./population/journeySpec.ts";
import { makePopulation, type PopulationSpec } from "./population/make.ts";
import type { Asker, Visit } from "./population/population.ts";
import { populationSchema, type Regulars } from "./population/regulars.ts";
import { Reloads, reloadSchema, type Wanted } from "./population/reloads.ts";
import type { SessionMeter } from "./population/sessionMeter.ts";
import { userCacheSchema, type UserCacheSpec } from "./population/userCaches.ts";
import { keeperOf } from "./recalls.ts";
import { classFields } from "./requestClass.ts";
import type { OpenFile } from "./replay/bytes.ts";
import type { World } from "./world.ts";

const classSchema = z
  .strictObject({
    share: share("Share of the workload's requests; the shares of a mix add up to 100 %."),
    ...classFields,
  })
  .describe("One class of requests.");

/** A class of a mix, or a step of a journey, which has no share. */
type ClassSpec = Omit<z.output<typeof classSchema>, "share"> & { readonly share?: number };

export const workloadSchema = z
  .strictObject({
    to: name("The part at which its requests enter."),
    attack: flag(
      "Whether nobody is sorry for its requests: a flood, a scraper, made-up keys. Then they count towards no objective that does not name their class, and are told apart.",
    ).default(false),
    arrivals: arrivalsSchema
      .describe("When requests arrive; with a journey, when users do. Either this or `users`.")
      .optional(),
    users: usersSchema.optional(),
    population: populationSchema.optional(),
    journey: journeySchema.optional(),
    reload: reloadSchema.optional(),
    dns: dnsSchema.optional(),
    mix: z
      .record(name("A request class."), classSchema)
      .describe(
        "Its request classes; without it and without a journey there is one, named like the workload.",
      )
      .optional(),
    client: z
      .strictObject({
        ...policyFields,
        cache: userCacheSchema.optional(),
        connections: count(
          "Calls that all its clients together have out at once, retries and copies included; others wait at the client, first come, first served, and their timeout runs meanwhile. Without it, any number.",
          { min: 1, max: 1_000_000 },
        ).optional(),
      })
      .describe("What clients do about slow and failed requests.")
      .prefault({}),
  })
  .describe("A source of requests.");

export type WorkloadSpec = z.output<typeof workloadSchema>;

/** One class of requests, as the workload draws it. */
export interface RequestClass {
  readonly meter: ClassMeter;
  /** Number by which records name it -- constant. */
  readonly number: number;
  readonly operation: number;
  readonly keys: Keys | null;
  /** Upper end of its stretch of [0, 1) in the draw of a class -- constant. */
  readonly until: number;
}

/** One of several parts at which requests enter. */
interface Entrance {
  readonly part: number;
  /** Numbers of the operations asked for there, by class. */
  readonly operations: ReadonlyMap<number, number>;
  isUp(): boolean;
}

/** The names of a workload's classes and the operations they ask for: its mix, or its journey's steps. */
export function classesOf(workload: string, spec: WorkloadSpec) {
  const { mix = { [workload]: { share: 1, priority: 0 } }, journey } = spec;
  const classes: Readonly<Record<string, ClassSpec>> = journey?.steps ?? mix;
  return Object.entries(classes).map(([className, options]) => ({
    ...options,
    name: className,
    operation: options.operation ?? className,
  }));
}

export class Workload implements Caller, Asker {
  readonly meters: readonly ClassMeter[];
  readonly name: string;
  /** What became of sessions; null for a workload without a journey. */
  readonly sessions: SessionMeter | null;
  private readonly calls: Calls;
  private readonly exchange: Exchange;
  private readonly world: World;
  private readonly caller: number;
  private readonly policy: number;
  readonly entry: Part;
  private readonly mix: Random;
  readonly classes: readonly RequestClass[];
  private readonly turnout: { open(): void };
  /** When requests arrive that nobody waits for; null where users are followed. */
  readonly arrivals: Arrivals | null;
  /** What users do who wait for answers; null where nobody is followed. */
  private readonly visit: Visit | null;
  /** Which of several entries requests come to; null where there is one. */
  private readonly dns: Dns<Entrance> | null;
  /** Users who refresh; null where nobody does. */
  private readonly reloads: Reloads | null;
  /** What users keep; null where they keep nothing. */
  readonly caches: CacheDesk | null;
  /** How many calls are out at once; null for any number. */
  readonly connections: Connections | null;
  /** By which users of different workloads are told apart: the workload's place, and how many there are -- constant. */
  private readonly place: number;
  private readonly workloads: number;
  /** Instant from which requests count as measured [ns] -- constant. */
  private readonly measuredFrom: Duration;

  constructor(
    world: World,
    workload: string,
    spec: WorkloadSpec,
    run: {
      duration: Duration;
      warmUp: Duration;
      directory: Directory;
      firstClass: number;
      /** Its place among the workloads, and how many there are. */
      place: number;
      workloads: number;
      open: OpenFile;
    },
  ) {
    this.name = workload;
    this.world = world;
    this.calls = world.calls;
    this.exchange = world.exchange;
    this.caller = world.exchange.addCaller(this);
    this.measuredFrom = run.warmUp;
    this.place = run.place;
    this.workloads = run.workloads;
    this.entry = run.directory.part(spec.to);
    const { connections, cache } = spec.client;
    this.connections =
      connections === undefined ? null : new Connections(connections, world, run.warmUp);
    const ends = {
      caller: workload,
      callee: spec.to,
      journal: world.journal,
      instanceName: () => null,
    };
    const luck = world.stream(workload, "retry");
    const policy = policyOf(spec.client, luck, false, ends, this.connections);
    this.policy = policy === null ? 0 : world.exchange.addPolicy(policy);
    this.mix = world.stream(workload, "mix");
    this.classes = makeClasses(world, workload, spec, this.entry, run.firstClass);
    for (const { number, meter } of this.classes) world.classNames[number] = meter.name;
    this.meters = this.classes.map(({ meter }) => meter);
    const people = makePopulation(this, spec, {
      world,
      workload,
      classes: this.meters.map((meter) => meter.name),
      ...run,
    });
    this.turnout = people.turnout;
    this.arrivals = people.arrivals;
    this.visit = people.visit;
    this.sessions = people.sessions;
    this.caches = cache === undefined ? null : this.makeCaches(cache, spec, people.followed);
    this.reloads = this.makeReloads(spec.reload);
    this.dns = this.makeDns(spec, run.directory);
  }

  /** The first users come, or the first requests. */
  open(): void {
    this.turnout.open();
  }

  ask(requestClass: number, user: number, key = NONE, work = NONE): void {
    const { now } = this.world.kernel;
    const drawn = this.classes[requestClass]!;
    const about = key !== NONE || drawn.keys === null ? key : drawn.keys.draw();
    if (this.caches !== null && this.caches.has(user, requestClass, about, now))
      return this.lookUp(drawn, about, now, user);
    drawn.meter.born(now >= this.measuredFrom);
    const call = this.call(drawn, about, user);
    this.calls.setBornAt(call, now);
    if (user !== NONE || work !== NONE) this.calls.setOrigin(call, this.sourceOf(user), work);
    if (this.reloads !== null) {
      this.reloads.asked(user, { requestClass, key: about, work, bornAt: now });
      this.exchange.recalls.keep(call, keeperOf(this.caller, user));
    }
    this.exchange.send(call);
  }

  private call(drawn: RequestClass, key: number, user: number): number {
    const { calls, dns } = this;
    const entrance = dns === null ? null : dns.entryFor(user, this.world.kernel.now);
    const call =
      entrance === null
        ? calls.open(this.entry.number, drawn.operation, drawn.number, key)
        : calls.open(entrance.part, entrance.operations.get(drawn.number)!, drawn.number, key);
    calls.setCaller(call, this.caller, NONE);
    calls.setPolicy(call, this.policy);
    return call;
  }

  /** A request whose user has the answer: it has a record while it is looked up, and is never sent. */
  private lookUp(
    { number, operation, meter }: RequestClass,
    key: number,
    now: Duration,
    user: number,
  ) {
    const { calls, caches } = this;
    meter.bornUnsent(now >= this.measuredFrom);
    const call = calls.open(this.entry.number, operation, number, key);
    calls.setBornAt(call, now);
    calls.setCaller(call, this.caller, NONE);
    calls.setOrigin(call, this.sourceOf(user), NONE);
    calls.setAttempt(call, 0);
    calls.raise(call, BACKING_OFF);
    caches!.lookUp(call);
  }

  private makeCaches(spec: UserCacheSpec, people: PopulationSpec, followed: Regulars | null) {
    const classes = this.meters.map((meter) => meter.name);
    const here = { world: this.world, workload: this.name, warmUp: this.measuredFrom };
    return new CacheDesk(spec, people, followed, classes, here, (call) => {
      this.resolved(call, OK);
      this.calls.close(call);
    });
  }

  /** A user begins anew: what is out is abandoned, and sent once more. */
  private reload(user: number, { requestClass, key, work, bornAt }: Wanted): void {
    const { recalls } = this.exchange;
    const keeper = keeperOf(this.caller, user);
    const drawn = this.classes[requestClass]!;
    recalls.callOff(keeper);
    drawn.meter.retried(bornAt >= this.measuredFrom);
    const call = this.call(drawn, key, user);
    this.calls.setBornAt(call, bornAt);
    this.calls.setOrigin(call, this.sourceOf(user), work);
    recalls.keep(call, keeper);
    this.exchange.send(call);
  }

  private makeDns(spec: WorkloadSpec, directory: Directory): Dns<Entrance> | null {
    const { to, dns } = spec;
    if (dns === undefined) return null;
    const wanted = classesOf(this.name, spec);
    const entrances = [to, ...dns.also].map((entry): Entrance => {
      const part = directory.part(entry);
      const operations = this.classes.map(
        ({ number }, index) => [number, part.operation(wanted[index]!.operation)!] as const,
      );
      const isUp = () => part.isUp?.() ?? (part.fleet === null || part.fleet.in("ready") > 0);
      return { part: part.number, operations: new Map(operations), isUp };
    });
    return new Dns(entrances, dns, this.world.stream(this.name, "dns"));
  }

  private makeReloads(spec: WorkloadSpec["reload"]): Reloads | null {
    if (spec === undefined) return null;
    const random = this.world.stream(this.name, "reload");
    const after = make(distributions, spec.after, { random });
    return new Reloads(this.world.kernel, after, spec.times, (user, wanted) =>
      this.reload(user, wanted),
    );
  }

  /** What calls know of a user: no two workloads have one in common. */
  private sourceOf(user: number): number {
    return user === NONE ? NONE : user * this.workloads + this.place;
  }

  private userOf(call: number): number {
    return Math.floor(this.calls.source(call) / this.workloads);
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
    if (this.visit === null && this.caches === null) return;
    const user = this.userOf(call);
    const wasSent = calls.attempt(call) > 0;
    if (wasSent && outcome === OK && this.caches !== null)
      this.caches.keep(user, this.positionOf(call), calls.key(call), now);
    if (this.visit === null) return;
    if (wasSent && this.reloads !== null) this.reloads.answered(user);
    this.visit.answered(user, outcome, now - bornAt);
  }

  /** Clients never change their mind about a retry, or another copy. */
  resume(call: number): boolean {
    this.classOf(call).meter.retried(this.calls.bornAt(call) >= this.measuredFrom);
    return true;
  }

  mayHedge(call: number): boolean {
    return this.resume(call);
  }

  drawClass(): number {
    const { classes } = this;
    if (classes.length === 1) return 0;
    const place = this.mix.next();
    let low = 0;
    let high = classes.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place < classes[middle]!.until) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private classOf(call: number): RequestClass {
    return this.classes[this.positionOf(call)]!;
  }

  private positionOf(call: number): number {
    return this.calls.requestClass(call) - this.classes[0]!.number;
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
    const { name: className, operation: wanted, share: part = 0, keys, priority } = listedClass;
    const operation = entry.operation(wanted);
    if (operation === null) throw new Error(`the entry has no operation ${wanted}`);
    world.priorities[firstClass + index] = priority;
    world.requestBytes[firstClass + index] = listedClass["request-bytes"];
    world.answerBytes[firstClass + index] = listedClass["answer-bytes"];
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
