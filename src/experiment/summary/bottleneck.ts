/**
 * What gave way first: the part that first ran out of slots, or the first that turned calls away; if
 * none did, the one that came closest. Of several at once, the one that waits for none of the others:
 * a caller's slots are full because its callee's are.
 */
import { SECOND } from "../../kernel/time.ts";
import type { RunRecord } from "../../model/platform.ts";
import type { Scenario } from "../../scenario/language.ts";
import { calleesOf } from "../../scenario/topology.ts";
import type { Result } from "../result.ts";
import { sum } from "./pooling.ts";
import { utilisationOf, type Stretch } from "./parts.ts";
import { stretchesOf } from "./windows.ts";

/** Utilisation from which a part counts as out of slots, averaged over a window. */
const FULL = 0.95;
/** Share of a window's calls that must fail at a part before it counts as giving way. */
const FAILING = 0.01;

interface Evidence {
  readonly part: string;
  readonly resource: string;
  /** Start of the window [s]. */
  readonly at: number;
  readonly utilisation: number | null;
  readonly queueLength: number;
  readonly failing: number;
}

export function bottleneckOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  firstWindow: number,
): Result["bottleneck"] {
  const evidence = records[0]!.parts.flatMap(({ name, resource, snapshots }, index) => {
    const windows = stretchesOf(records.map(({ parts }) => parts[index]!));
    return windows
      .map((window, position) => ({
        part: name,
        resource: resource ?? "slots",
        at: snapshots[position]!.at / SECOND,
        ...weigh(window),
      }))
      .slice(firstWindow);
  });
  const callees = calleesOf(scenario);
  const full = earliest(
    evidence.filter(({ utilisation }) => (utilisation ?? 0) >= FULL),
    callees,
  );
  if (full) return verdict(full, "ran-out", fullSentence(full));
  const failing = earliest(
    evidence.filter((each) => each.failing >= FAILING),
    callees,
  );
  if (failing) return verdict(failing, "failed", failingSentence(failing));
  const busiest = evidence
    .filter(({ utilisation }) => utilisation !== null)
    .reduce<Evidence | null>(
      (most, each) => (most === null || each.utilisation! > most.utilisation! ? each : most),
      null,
    );
  return busiest && verdict(busiest, "came-closest", calmSentence(busiest));
}

type Bottleneck = NonNullable<Result["bottleneck"]>;

function verdict(
  { part, at }: Evidence,
  evidence: Bottleneck["evidence"],
  sentence: string,
): Bottleneck {
  return { part, at, evidence, sentence };
}

function weigh(window: readonly Stretch[]): Omit<Evidence, "part" | "resource" | "at"> {
  const failed = sum(window, ({ resolved }) => sum([...resolved.subarray(1)], (count) => count));
  const resolved = failed + sum(window, (each) => each.resolved[0]!);
  return {
    utilisation: utilisationOf(window),
    queueLength: sum(window, (each) => each.queueTime) / sum(window, (each) => each.length),
    failing: resolved > 0 ? failed / resolved : 0,
  };
}

/** The first by time; of several in one window, the one that calls none of the others. */
function earliest(
  evidence: readonly Evidence[],
  callees: ReadonlyMap<string, ReadonlySet<string>>,
): Evidence | undefined {
  const at = evidence.reduce((first, each) => Math.min(first, each.at), Infinity);
  const together = evidence.filter((each) => each.at === at);
  return together.find(
    ({ part }) =>
      !together.some((other) => other.part !== part && callees.get(part)?.has(other.part)),
  );
}

function fullSentence({ part, resource, utilisation, queueLength }: Evidence): string {
  const waiting = Math.floor(queueLength + 0.5);
  return `${part} ran out of ${resource} first: ${percent(utilisation!)} of them in use, ${waiting} calls waiting.`;
}

function failingSentence({ part, failing }: Evidence): string {
  return `${part} was the first to fail: ${percent(failing)} of its calls were not answered.`;
}

function calmSentence({ part, resource, utilisation }: Evidence): string {
  return `Nothing ran out: ${part} came closest, with ${percent(utilisation!)} of its ${resource} in use.`;
}

function percent(share: number): string {
  return `${Math.floor(share * 1000 + 0.5) / 10} %`;
}
