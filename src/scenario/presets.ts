/** Writes a product's defaults into the parts that name it; what the scenario says itself wins. */
import { presets } from "../model/presets/index.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The scenario with the settings of every preset in place, as if its author had written them. */
export function withPresets(scenario: Fields): Fields {
  const { parts } = scenario;
  if (!isMap(parts)) return scenario;
  const filled = Object.entries(parts).map(([name, part]) => [name, filledIn(part)]);
  return { ...scenario, parts: Object.fromEntries(filled) as Fields };
}

function filledIn(part: unknown): unknown {
  if (!isMap(part)) return part;
  const preset = presets.find(({ kind }) => kind === part["preset"]);
  return preset && preset.part === part["kind"] ? over(preset.settings, part) : part;
}

/** Maps merge; a map of another kind, and anything else, replaces. */
function over(under: Fields, said: Fields): Fields {
  const merged: Record<string, unknown> = { ...said };
  for (const [field, usual] of Object.entries(under)) {
    const own = said[field];
    if (own === undefined) merged[field] = usual;
    else if (isMap(usual) && isMap(own) && isOfSameKind(usual, own))
      merged[field] = over(usual, own);
  }
  return merged;
}

function isOfSameKind(usual: Fields, own: Fields): boolean {
  return own["kind"] === undefined || own["kind"] === usual["kind"];
}

function isMap(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
