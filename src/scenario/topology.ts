/** What is known of parts before they are built: their anatomy, and which parts they call. */
import { parts, type PartSpec } from "../model/parts/index.ts";
import { splitTarget, type Anatomy } from "../model/parts/part.ts";
import type { ScenarioSpec } from "./language.ts";

/** What the definition of a part's kind says of it. */
export function anatomyOf(spec: PartSpec): Anatomy<unknown> {
  return parts.find(({ kind }) => kind === spec.kind) as unknown as Anatomy<unknown>;
}

/** By part, the parts it calls itself, each once. */
export function directCalleesOf({ parts: specs }: Pick<ScenarioSpec, "parts">) {
  return new Map(
    Object.entries(specs).map(([name, spec]) => {
      const targets = anatomyOf(spec).references(spec);
      return [name, [...new Set(targets.map(({ target }) => splitTarget(target).part))]];
    }),
  );
}

/** By part, every part that its answers wait for. */
export function calleesOf(scenario: Pick<ScenarioSpec, "parts">) {
  const direct = directCalleesOf(scenario);
  const all = new Map<string, ReadonlySet<string>>();
  const collect = (name: string): ReadonlySet<string> => {
    const known = all.get(name);
    if (known) return known;
    const own = direct.get(name) ?? [];
    const found = new Set(own.flatMap((callee) => [callee, ...collect(callee)]));
    all.set(name, found);
    return found;
  };
  for (const name of direct.keys()) collect(name);
  return all;
}
