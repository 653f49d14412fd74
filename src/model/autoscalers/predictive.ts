/** Predictive scaling: forecasts the requests of each interval from a history, and orders ahead. */
import { z } from "zod";
import { SECOND, type Duration } from "../../kernel/time.ts";
import { make } from "../../schema/definition.ts";
import { choice, duration, flag, rate, share } from "../../schema/fields.ts";
import type { Issue } from "../../schema/issue.ts";
import { metricOf } from "../metrics/index.ts";
import { showLevel } from "../metrics/level.ts";
import { rates, rateSchema } from "../rates/index.ts";
import type { Curve } from "../rates/rate.ts";
import { autoscaler, minAboveMax, within, type AutoscalerContext } from "./autoscaler.ts";
import { boundsFields } from "./alarmFields.ts";
import { showExact } from "./hpaArithmetic.ts";
import { HoltWinters, SeasonalNaive, type Forecaster } from "./forecastArithmetic.ts";
import { measuredEvery, measurementFields } from "./measure.ts";

const options = {
  history: rateSchema.describe(
    "Requests before the run, as any rate; where it has come to after `history-length` the run begins.",
  ),
  "history-length": duration("How long it is.", { min: SECOND }).prefault("14 d"),
  season: duration("After how long it repeats.", { min: SECOND }).prefault("24 h"),
  every: duration("Length of the intervals it forecasts.", { min: SECOND }).prefault("5 min"),
  method: choice("`seasonal-naive`: as a season before; `holt-winters`: level, trend and season.", [
    "seasonal-naive",
    "holt-winters",
  ]).default("holt-winters"),
  alpha: share("Weight of the newest value in the level.").prefault("20 %"),
  beta: share("Weight of the newest change in the trend.").prefault("5 %"),
  gamma: share("Weight of the newest deviation in the season.").prefault("20 %"),
  capacity: rate("Requests one instance is meant to serve.", { min: 0.001 }),
  headroom: share("What is added to a forecast.", { max: 10 }).prefault("0 %"),
  ahead: duration("How long before an interval its instances are ordered.").prefault("0 s"),
  "scale-in": flag("Whether it shrinks.").default(true),
  ...boundsFields,
  ...measurementFields,
};

type Settings = z.output<z.ZodObject<typeof options>>;

const requestsInTotal = { kind: "requests", per: "total" } as const;

export const predictive = autoscaler({
  kind: "predictive",
  summary:
    "Forecasts requests from a declared history and orders the instances for each interval before it begins.",
  source: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2 and 8.3",
  notes:
    "It wants ⌈forecast × (1 + headroom) / capacity⌉ instances, grows `ahead` of an interval and shrinks when it begins. It goes on learning from what it measures; how far each forecast was off is in the journal. It does not react to what no season has shown: an event that is not in the history is not in the forecast. In a list of autoscalers its forecast is a floor under the others.",
  example:
    "autoscalers:\n  web:\n    kind: predictive\n    history: { kind: daily, peak: 900 rps, trough: 20 % }\n    history-length: 3 d\n    capacity: 100 rps\n    ahead: 2 min\n    max: 40",
  options,
  among: "floor",
  check: (settings) => [...minAboveMax(settings), ...issuesOfTimes(settings)],
  most: ({ max }) => max,
  histories: ({ history, "history-length": length }) => [
    { path: ["history"], rate: history, duration: length },
  ],
  create(settings, context) {
    new Predictor(settings, context);
  },
});

class Predictor {
  private readonly settings: Settings;
  private readonly context: AutoscalerContext;
  private readonly forecaster: Forecaster;
  /** What was forecast for the interval that runs and for those after it [1/s] -- state. */
  private forecasts: number[];
  /** Shares by which forecasts were off, summed, and how many there were -- state. */
  private errorSum = 0;
  private errors = 0;
  private readonly measured: () => number | null;

  constructor(settings: Settings, context: AutoscalerContext) {
    this.settings = settings;
    this.context = context;
    this.forecaster = forecasterOf(settings, context);
    const { every, ahead } = settings;
    const whole = { ...settings, "metric-window": settings["metric-window"] ?? every };
    const measure = context.measure(measuredEvery(every, whole), [requestsInTotal]);
    const metric = metricOf(requestsInTotal);
    this.measured = () => metric.ofPart(measure.view());
    this.forecasts = [this.forecaster.forecast(1), this.forecaster.forecast(2)];
    context.agenda.at(0, () => this.order(this.forecasts[0]!, "now"));
    if (ahead > 0) {
      context.agenda.every(every, () => this.order(this.forecasts[1]!, "ahead"), every - ahead);
    }
    context.agenda.every(every, () => this.begin());
  }

  /** An interval is over and the next one begins. */
  private begin(): void {
    const value = this.measured();
    this.tell(this.forecasts[0]!, value);
    // What was not measured is taken to have been as forecast.
    this.forecaster.update(value ?? this.forecasts[0]!);
    const next = this.forecaster.forecast(1);
    // An order is kept: what was forecast for an interval when it was placed is what counts.
    const promised = this.settings.ahead > 0 ? this.forecasts[1]! : next;
    this.forecasts = [promised, this.forecaster.forecast(2)];
    this.order(promised, "now");
  }

  private order(forecast: number, when: "ahead" | "now"): void {
    const { fleet, held, scaleTo } = this.context;
    const { capacity, headroom, "scale-in": shrinks } = this.settings;
    const exact = (forecast * (1 + headroom)) / capacity;
    const { instances, note } = within(this.settings, Math.ceil(exact));
    // A floor that is lowered takes nobody away.
    const lowers = when === "now" && (shrinks || held !== null);
    if (instances < (held?.() ?? fleet.desired) && !lowers) return;
    const more = headroom > 0 ? ` and ${showLevel("share", headroom)} more` : "";
    const seen = `forecast ${showLevel("rate", forecast)}${more} at ${showLevel("rate", capacity)} each`;
    scaleTo(instances, `${seen} → ⌈${showExact(exact)}⌉${note}`);
  }

  private tell(forecast: number, value: number | null): void {
    const said = `forecast ${showLevel("rate", forecast)}`;
    if (value === null) return this.context.note("forecast", `${said}, not measured`);
    const came = `${said}, came ${showLevel("rate", value)}`;
    if (value === 0) return this.context.note("forecast", came);
    const error = (forecast - value) / value;
    this.errorSum += Math.abs(error);
    this.errors++;
    const off = showLevel("share", Math.abs(error));
    const judged = off === NONE ? "as forecast" : `${off} too ${error < 0 ? "few" : "many"}`;
    const mean = showLevel("share", this.errorSum / this.errors);
    const soFar = mean === NONE ? "" : `; off by ${mean} in the mean so far`;
    this.context.note("forecast", `${came}: ${judged}${soFar}`);
  }
}

/** How an error reads that is none, or too small to be shown. */
const NONE = showLevel("share", 0);

function forecasterOf(settings: Settings, { rates: context }: AutoscalerContext): Forecaster {
  const { history, every, season, method, alpha, beta, gamma } = settings;
  const length = settings["history-length"];
  const curve = make<typeof context, Curve>(rates, history, { ...context, duration: length });
  const values = Array.from({ length: Math.floor(length / every) }, (_, index) =>
    meanOf(curve, index * every, every),
  );
  const intervals = Math.floor(season / every);
  if (method === "seasonal-naive") return new SeasonalNaive(values, intervals);
  return new HoltWinters(values, intervals, { level: alpha, trend: beta, season: gamma });
}

/** Mean of a rate over an interval, by the middles of equal pieces. */
function meanOf(curve: Curve, from: Duration, length: Duration): number {
  let sum = 0;
  for (let piece = 0; piece < PIECES; piece++)
    sum += curve.at(from + ((piece + 0.5) * length) / PIECES);
  return sum / PIECES;
}

const PIECES = 10;
/** The most intervals of a history: a fortnight of minutes. */
const MOST_INTERVALS = 30_000;

function issuesOfTimes({
  every,
  season,
  ahead,
  method,
  "history-length": length,
}: Settings): Issue[] {
  const issues: Issue[] = [];
  if (ahead >= every) {
    const message = "expected less than `every`: an interval is ordered within the one before it";
    issues.push({ path: ["ahead"], message });
  }
  if (season % every !== 0 || length % every !== 0) {
    const message = "expected a length that goes into `season` and `history-length` without a rest";
    issues.push({ path: ["every"], message });
  }
  if (length / every > MOST_INTERVALS) {
    const message = `the history has ${length / every} intervals; expected at most ${MOST_INTERVALS}`;
    issues.push({ path: ["every"], message });
  }
  const seasons = method === "seasonal-naive" ? 1 : 2;
  if (length < seasons * season) {
    const message = `${method} needs a history of at least ${seasons === 1 ? "one season" : "two seasons"}`;
    issues.push({ path: ["history-length"], message });
  }
  return issues;
}
