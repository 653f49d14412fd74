/** A size by a formula the user writes. */
import { SECOND, type Duration } from "../../kernel/time.ts";
import { duration } from "../../schema/fields.ts";
import { compiled, formulaField } from "../metrics/formula.ts";
import { namesInFormulas, valuesFor } from "../metrics/formulaNames.ts";
import { boundsFields } from "./alarmFields.ts";
import { autoscaler, minAboveMax, over, within } from "./autoscaler.ts";
import { measuredEvery, measurementFields } from "./measure.ts";

export const formula = autoscaler({
  kind: "formula",
  summary: "Sets the number of instances a formula of the metrics gives, rounded up.",
  notes: `The formula may name ${namesInFormulas.join(", ")}: calls and instances in total, rates per second, latencies in seconds. While anything it names is not known, nothing is done.`,
  example:
    'autoscalers:\n  web: { kind: formula, instances: "max(rps / 120, in_flight / 6)", min: 2, max: 40, cooldown: 1 min }',
  options: {
    instances: formulaField("The instances wanted: `max(rps / 120, in_flight / 6)`."),
    ...boundsFields,
    period: duration("How often it decides.", { min: SECOND }).prefault("15 s"),
    cooldown: duration("How long it does not shrink after any change.").prefault("0 s"),
    ...measurementFields,
  },
  check: minAboveMax,
  most: ({ max }) => max,
  create(settings, { agenda, fleet, measure, scaleTo, floor }) {
    const { instances: text, period, cooldown } = settings;
    const evaluate = compiled(text);
    const spec = { kind: "formula", of: text } as const;
    const measured = measure(measuredEvery(period, settings), [spec]);
    const bounds = over(floor, settings);
    let holdUntil: Duration = 0;
    agenda.every(period, () => {
      const values = valuesFor(measured.view());
      const exact = evaluate(values);
      if (!Number.isFinite(exact)) return;
      // Rounding to millionths first forgives doubles.
      const { instances, note } = within(bounds, Math.ceil(Math.floor(exact * 1e6 + 0.5) / 1e6));
      if (instances < fleet.desired && agenda.now < holdUntil) return;
      if (instances === fleet.desired) return;
      holdUntil = agenda.now + cooldown;
      const shown = Math.floor(exact * 10 + 0.5) / 10;
      scaleTo(instances, `${text} = ${shown}${inputs(text, values)}${note}`);
    });
  },
});

/** " with rps 240, in_flight 31.5": the values a formula has named. */
function inputs(formula: string, values: readonly number[]): string {
  const named = namesInFormulas.flatMap((name, index) => {
    if (!new RegExp(`\\b${name}\\b`).test(formula)) return [];
    return [`${name} ${Math.floor(values[index]! * 1000 + 0.5) / 1000}`];
  });
  return named.length === 0 ? "" : ` with ${named.join(", ")}`;
}
