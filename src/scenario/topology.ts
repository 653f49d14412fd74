/** Which parts a part calls, directly or through others. */
import { parts } from "../model/parts/index.ts";
import { splitTarget, type Anatomy } from "../model/parts/part.ts";
import type { ScenarioSpec } from "./language.ts";

/** By part, every part that its answers wait for. */
export function calleesOf({ parts: specs }: Pick<ScenarioSpec, "parts">) {
  const direct = new Map(
    Object.entries(specs).map(([name, spec]) => {
      const definition = parts.find(
        ({ kind }) => kind === spec.kind,
      ) as unknown as Anatomy<unknown>;
      return [name, definition.references(spec).map(({ target }) => splitTarget(target).part)];
    }),
  );
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
