/** A metric made of others. */
import { compileExpression } from "../../schema/expression.ts";
import * as fields from "../../schema/fields.ts";
import { namesInFormulas, namesLatency, valuesFor } from "./formulaNames.ts";
import { metric } from "./metric.ts";

export const formula = metric({
  kind: "formula",
  summary: "A number worked out from the other metrics.",
  notes: `Known are ${namesInFormulas.join(", ")}: calls and instances in total, rates per second, latencies in seconds. It is not known while anything it names is not.`,
  example:
    'autoscalers:\n  web: { kind: threshold, metric: { kind: formula, of: "queue / max(1, rps)" }, above: 2, below: 0.1, max: 40 }',
  level: "number",
  options: { of: formulaField('The formula: "queue / max(1, rps)".') },
  create({ of }) {
    const evaluate = compiled(of);
    return {
      title: `"${of}"`,
      readsLatency: namesLatency(of),
      ofPart(view) {
        const value = evaluate(valuesFor(view));
        return Number.isFinite(value) ? value : null;
      },
    };
  },
});

/** A formula over the metrics. */
export function formulaField(description: string) {
  return fields.text(description).superRefine((of, context) => {
    const result = compileExpression(of, namesInFormulas);
    if (!result.ok) context.addIssue({ code: "custom", message: result.message });
  });
}

/** A formula that was checked. */
export function compiled(of: string): (values: readonly number[]) => number {
  const result = compileExpression(of, namesInFormulas);
  if (!result.ok) throw new Error(result.message);
  return result.evaluate;
}
