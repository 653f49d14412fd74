/** What rollouts name, and what they say of parts on which calls are not served. */
import { rollouts } from "../model/rollouts/index.ts";
import { issuesIn } from "../schema/definition.ts";
import type { Issue } from "../schema/issue.ts";
import type { ScenarioSpec } from "./language.ts";
import { unknown, type Path, type PlatformNames } from "./platformNames.ts";

type RolloutSpec = ScenarioSpec["rollouts"][number];

export function checkRollouts(scenario: ScenarioSpec, platform: PlatformNames): Issue[] {
  const withFleet = platform.namesOf(({ hasFleet }) => hasFleet);
  return scenario.rollouts.flatMap((spec, index) => {
    const path = ["rollouts", index];
    const own = issuesIn(rollouts, spec, path);
    const late =
      spec.at >= scenario.run.duration
        ? [{ path: [...path, "at"], message: "this is after the end of the run" }]
        : [];
    if (platform.isVague(spec.of)) return [...own, ...late];
    const strange = unknown([...path, "of"], "part with instances", spec.of, withFleet);
    return [...own, ...late, ...strange, ...unserved(spec, path, platform)];
  });
}

/** Only where instances serve calls in slots are those calls slower, or wrong, or measured. */
function unserved(spec: RolloutSpec, path: Path, platform: PlatformNames): Issue[] {
  if (!platform.has(spec.of) || platform.anatomy(spec.of).hasSlots) return [];
  const { version, "roll-back-if": rule } = spec;
  const { switchesOver } = rollouts.find(({ kind }) => kind === spec.kind)!;
  const said: [boolean, Path][] = [
    [version.slower !== 1, ["version", "slower"]],
    [version["error-rate"] > 0, ["version", "error-rate"]],
    [rule !== undefined, ["roll-back-if"]],
  ];
  const message = `${spec.of} has no slots: no calls are at work on its instances`;
  const unswitchable = `callers choose among the instances of ${spec.of} themselves, and cannot be switched over`;
  return [
    ...said.flatMap(([isSaid, at]) => (isSaid ? [{ path: [...path, ...at], message }] : [])),
    ...(switchesOver ? [{ path: [...path, "kind"], message: unswitchable }] : []),
  ];
}
