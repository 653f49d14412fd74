/**
 * A sale that opens at an instant: those who waited come at once, then all the others.
 *
 *     rate |      .-----.               ramp, plateau, then a fall as a power of
 *          | |   /       \              the time since the opening
 *          | |  /          `-.
 *     base |_|_/               `------
 *            at
 */
import { power } from "../../kernel/mathematics.ts";
import { toSeconds } from "../../kernel/time.ts";
import * as fields from "../../schema/fields.ts";
import { combined } from "./combined.ts";
import { curveThrough, type Point } from "./piecewise.ts";
import { rate } from "./rate.ts";

/** From one point of the fall to the next; straight lines between them are 0.01 % too high at most. */
const STRIDE = 1.02;

export const flashSale = rate({
  kind: "flash-sale",
  summary:
    "A sale that opens at an instant: a rush of those who waited, a ramp, a plateau, a long fall.",
  source:
    "defaults after the published cumulative sales of Double 11 2018: 1 bn yuan after 21 s, 10 bn after 2 min 5 s, 100 bn after 1 h 47 min 37 s; a fall with exponent 0.65 brings the last 90 bn in that time",
  notes:
    "After the plateau the rate above the base falls as (time since the opening)^-exponent. Those who waited come on top of it, evenly over the rush.",
  example:
    "rate: { kind: flash-sale, at: 10 min, base: 800 rps, peak: 20k rps, waiting: 30k, plateau: 2 min }",
  options: {
    at: fields.duration("When it opens."),
    peak: fields.rate("The rate on the plateau."),
    base: fields.rate("The rate before it opens, to which it falls again.").prefault("0 rps"),
    ramp: fields.duration("From the opening to the plateau.").prefault("20 s"),
    plateau: fields.duration("How long the peak lasts.", { min: 1e6 }).prefault("105 s"),
    exponent: fields
      .factor("How steeply it falls after the plateau.", { min: 0.05, max: 10 })
      .prefault(0.65),
    waiting: fields.count("Shoppers who wait for it to open [requests].").default(0),
    rush: fields.duration("Time in which all who waited ask.", { min: 1e6 }).prefault("2 s"),
  },
  create({ at, peak, base, ramp, plateau, exponent, waiting, rush }, { duration }) {
    const above = Math.max(0, peak - base);
    const lasting = ramp + plateau;
    const points: Point[] = [[at, base], [at + ramp, base + above]]; // prettier-ignore
    for (let since = lasting; at + since < duration * STRIDE; since *= STRIDE)
      points.push([at + since, base + above * power(since / lasting, -exponent)]);
    const rushing = curveThrough(
      [[0, 0], [at, waiting / toSeconds(rush)], [at + rush, 0]], // prettier-ignore
      "step",
    );
    const sale = curveThrough(points, "linear");
    return waiting === 0 ? sale : combined([sale, rushing], ([sold, rushed]) => sold! + rushed!);
  },
});
