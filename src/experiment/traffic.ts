/** The same scenario with more traffic: every rate of its arrivals times a number. */
import type { Scenario } from "../scenario/language.ts";
import { formatRate } from "../schema/format.ts";

/** Replacements `path=value`, or why a workload has no rate that can be multiplied. */
export function scaledArrivals({ resolved }: Scenario, multiple: number): string[] | string {
  const workloads = resolved["workloads"] as Record<string, { arrivals?: unknown }>;
  const sets: string[] = [];
  for (const [name, { arrivals }] of Object.entries(workloads)) {
    const scaled = times(arrivals, multiple);
    const written = JSON.stringify(scaled);
    if (multiple !== 1 && written === JSON.stringify(arrivals))
      return `the arrivals of ${name} have no rate that could be multiplied`;
    sets.push(`workloads.${name}.arrivals=${written}`);
  }
  return sets;
}

const RATE = /^(\d+(?:\.\d+)?)([kM]?) rps$/;
const PREFIX: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6 };

/** Rates stand as "24k rps" in resolved scenarios, and formulas beside their unit. */
function times(value: unknown, multiple: number): unknown {
  if (typeof value === "string") {
    const [, digits, prefix = ""] = RATE.exec(value) ?? [];
    return digits === undefined ? value : formatRate(Number(digits) * PREFIX[prefix]! * multiple);
  }
  if (Array.isArray(value)) return value.map((item) => times(item, multiple));
  if (typeof value !== "object" || value === null) return value;
  const { kind, of } = value as { kind?: unknown; of?: unknown };
  if (kind === "formula" && typeof of === "string")
    return { ...value, of: `(${of}) * ${multiple}` };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, times(inner, multiple)]),
  );
}
