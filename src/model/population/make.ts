/** Puts a population together from what a workload says of it. */
import type { Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { distributions } from "../../statistics/distributions/index.ts";
import type { Arrivals } from "../arrivals/arrivals.ts";
import { arrivalProcesses, type ArrivalsSpec } from "../arrivals/index.ts";
import type { OpenFile } from "../replay/bytes.ts";
import type { World } from "../world.ts";
import { ClosedTurnout, type UsersSpec } from "./closed.ts";
import { Errand } from "./errand.ts";
import { Journey } from "./journey.ts";
import type { JourneySpec } from "./journeySpec.ts";
import { OpenTurnout, Passers } from "./open.ts";
import type { Asker, Turnout, Visit } from "./population.ts";
import { Regulars, type RegularsSpec } from "./regulars.ts";
import type { ReloadSpec } from "./reloads.ts";
import type { SessionMeter } from "./sessionMeter.ts";

/** What a workload says of who asks. Either arrivals or users are there. */
export interface PopulationSpec {
  readonly arrivals?: ArrivalsSpec | undefined;
  readonly users?: UsersSpec | undefined;
  /** Whom arrivals are drawn from; without it they are nobody. */
  readonly population?: RegularsSpec | undefined;
  readonly journey?: JourneySpec | undefined;
  /** Who may ask again has to be followed. */
  readonly reload?: ReloadSpec | undefined;
}

export interface PopulationContext {
  readonly world: World;
  readonly workload: string;
  /** Length of the run, and of its warm-up [ns]. */
  readonly duration: Duration;
  readonly warmUp: Duration;
  /** Names of the request classes, by position. */
  readonly classes: readonly string[];
  /** Opens a file the scenario names. */
  readonly open: OpenFile;
}

/** Whoever asks. */
export interface Population {
  readonly turnout: { open(): void };
  /** When requests arrive; null where users are followed. */
  readonly arrivals: Arrivals | null;
  /** What users do who are followed; null where nobody is. */
  readonly visit: Visit | null;
  /** What became of sessions; null where there are none. */
  readonly sessions: SessionMeter | null;
  /** Who the users are that are followed; null where their numbers say so, or nothing does. */
  readonly followed: Regulars | null;
}

export function makePopulation(
  asker: Asker,
  spec: PopulationSpec,
  context: PopulationContext,
): Population {
  const { world, workload, warmUp } = context;
  const regulars =
    spec.population === undefined
      ? null
      : new Regulars(spec.population, world.stream(workload, "population"));
  const isFollowed = [spec.users, spec.journey, spec.reload].some((each) => each !== undefined);
  if (!isFollowed) {
    const arrivals = arrivalsOf(spec, context);
    const turnout = new Passers(world.kernel, arrivals, asker, regulars);
    return { turnout, arrivals, visit: null, sessions: null, followed: null };
  }
  if (spec.journey === undefined) {
    const arrivals = spec.users === undefined ? arrivalsOf(spec, context) : null;
    const visit = new Errand(asker, arrivals?.told ?? null);
    visit.turnout = turnoutOf(spec, arrivals, visit, context, regulars);
    const { turnout } = visit;
    return { turnout, arrivals: null, visit, sessions: null, followed: regulars };
  }
  const visit = new Journey(spec.journey, asker, { world, workload, measuredFrom: warmUp });
  const arrivals = spec.users === undefined ? arrivalsOf(spec, context) : null;
  visit.turnout = turnoutOf(spec, arrivals, visit, context, regulars);
  const { turnout, meter } = visit;
  return { turnout, arrivals: null, visit, sessions: meter, followed: regulars };
}

function turnoutOf(
  { users }: PopulationSpec,
  arrivals: Arrivals | null,
  visit: Visit,
  { world, workload }: PopulationContext,
  regulars: Regulars | null,
): Turnout {
  if (arrivals !== null) return new OpenTurnout(world.kernel, arrivals, visit, regulars);
  if (users === undefined) throw new Error("a workload has arrivals or users");
  const think = make(distributions, users.think, { random: world.stream(workload, "think") });
  return new ClosedTurnout(world.kernel, users, think, visit);
}

function arrivalsOf(
  { arrivals }: PopulationSpec,
  { world, workload, duration, classes, open }: PopulationContext,
) {
  if (arrivals === undefined) throw new Error("a workload has arrivals or users");
  return make(arrivalProcesses, arrivals, {
    random: world.stream(workload, "arrivals"),
    stream: (purpose) => world.stream(workload, purpose),
    duration,
    classes,
    open,
  });
}
