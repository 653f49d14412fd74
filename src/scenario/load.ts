/**
 * From text to a scenario that can be run, or to every mistake in it.
 *
 *     text -> composed (extends, variant, --set) -> decoded (zod) -> checked (names, sizes) -> Scenario
 */
import { issuesOf } from "../schema/issues.ts";
import type { Issue } from "../schema/issue.ts";
import { mend } from "../schema/mend.ts";
import { checkScenario } from "./checks.ts";
import { readScenarioText, type Composed, type NotComposed } from "./compose.ts";
import { printIssues } from "./diagnostics.ts";
import { FilesBeside, type Locate } from "./files.ts";
import { scenarioSchema, type Scenario, type ScenarioSpec } from "./language.ts";
import { originsOf, type Traced } from "./origins.ts";
import type { PlacedIssue } from "./place.ts";
import { withPresets } from "./presets.ts";
import { filesOf } from "./replays.ts";
import { addedBy } from "./variants.ts";
import { warnAbout } from "./warnings.ts";
import { windowOf } from "./window.ts";

export type { Scenario } from "./language.ts";

export interface LoadRequest {
  /** The path as the user typed it; messages begin with it. */
  readonly file: string;
  readonly text: string;
  /** Reads a file beside the scenario; throws when it cannot. */
  readFile(path: string): string;
  /** Finds a file beside the scenario, for replays; without it there is none. */
  readonly locate?: Locate;
  /** Replacements, `path=value`. */
  readonly set: readonly string[];
  readonly variant: string | null;
}

export type Loaded =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      readonly warnings: readonly Issue[];
      /** The names of the variants that the file declares. */
      readonly variants: readonly string[];
      /** Where each of its values comes from. */
      origins(): readonly Traced[];
    }
  | {
      readonly ok: false;
      readonly issues: readonly PlacedIssue[];
      readonly count: number;
      report(options: { colour: boolean }): string;
    };

/** Reads one scenario: the file's own, or the one of its variants that is asked for. */
export function loadScenario(request: LoadRequest): Loaded {
  return judged(readScenarioText(request.text, request), request, new FilesBeside(request.locate));
}

/** The same for `check`, which tries every variant of the file unless one is asked for. */
export function checkScenarioFile(request: LoadRequest): Loaded {
  const composed = readScenarioText(request.text, request);
  const files = new FilesBeside(request.locate);
  const base = judged(composed, request, files);
  if (!composed.ok || request.variant !== null) return base;
  const varied = composed.variants.map((variant) => ({
    variant,
    loaded: judged(composed.vary(variant), { ...request, variant }, files),
  }));
  const issues = [
    ...issuesIn(base),
    ...addedBy(
      varied.map(({ variant, loaded }) => [variant, issuesIn(loaded)]),
      issuesIn(base),
    ),
  ];
  if (!base.ok || issues.length > 0) return mistaken(issues, composed.texts);
  const warnings = varied.map(
    ({ variant, loaded }) => [variant, loaded.ok ? loaded.warnings : []] as const,
  );
  return { ...base, warnings: [...base.warnings, ...addedBy(warnings, base.warnings)] };
}

function issuesIn(loaded: Loaded): readonly PlacedIssue[] {
  return loaded.ok ? [] : loaded.issues;
}

function judged(
  composed: Composed | NotComposed,
  request: LoadRequest,
  files: FilesBeside,
): Loaded {
  if (!composed.ok) return mistaken(composed.issues, composed.texts);
  const value = withPresets(composed.value);
  const decoded = scenarioSchema.safeParse(value);
  if (!decoded.success) {
    const shape = issuesOf(decoded.error, scenarioSchema, value);
    return refused(composed, [...shape, ...furtherIssues(value, files)]);
  }
  const issues = checkScenario(decoded.data, files);
  if (issues.length > 0) return refused(composed, issues);
  const warnings = warnAbout(decoded.data);
  const { variants, tree, variant } = composed;
  const scenario = complete(decoded.data, request, { warnings, files });
  const origins = () => originsOf(scenario.resolved, { tree, variant, filled: value });
  return { ok: true, scenario, warnings, variants, origins };
}

/** The mistakes in names and numbers of a file whose shape is wrong elsewhere. */
function furtherIssues(value: unknown, files: FilesBeside): Issue[] {
  const mended = mend(scenarioSchema, value);
  if (mended === null) return [];
  return checkScenario(mended.output, files, (path, depth = Infinity) =>
    mended.touched.some((place) => place.length <= path.length + depth && onOneLine(place, path)),
  );
}

/** One path leads to the other, or goes on from it. */
function onOneLine(one: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).every((key, index) => key === other[index]);
}

function complete(
  spec: ScenarioSpec,
  { file, variant }: LoadRequest,
  { warnings, files }: { warnings: readonly Issue[]; files: FilesBeside },
): Scenario {
  const window = windowOf(spec);
  const whole = { ...spec, run: { ...spec.run, window } };
  const resolved = scenarioSchema.encode(whole) as Record<string, unknown>;
  const said = warnings.map(({ message }) => message);
  return {
    ...whole,
    window,
    warnings: said,
    file: baseName(file),
    variant,
    resolved,
    files: files.of(filesOf(spec)),
  };
}

function baseName(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return name.replace(/\.(ya?ml|json)$/, "") || "scenario";
}

function refused(composed: Composed, issues: readonly Issue[]): Loaded {
  return mistaken(
    issues.map((issue) => composed.place(issue)),
    composed.texts,
  );
}

function mistaken(issues: readonly PlacedIssue[], texts: ReadonlyMap<string, string>): Loaded {
  return {
    ok: false,
    issues,
    count: issues.length,
    report: ({ colour }) => printIssues(issues, { texts, colour }),
  };
}
