/**
 * Collects answers scenario by scenario. A scenario is told when the last of its replications is in,
 * all of them in their order, so that whatever is summed over them is summed in that order.
 */
import type { Cells } from "./list.ts";
import type { Answer, Found } from "./lines.ts";
import { foundIn } from "./hands.ts";

type OnStopped = (scenario: number, why: string) => void;

export class Gathering<Some extends Found> {
  private readonly cells: Cells;
  private readonly onWhole: (scenario: number, found: readonly Some[]) => void;
  private readonly onStopped: OnStopped | null;
  /** What is in of the scenarios that are not whole yet. */
  private readonly open = new Map<number, { readonly answers: Answer[]; missing: number }>();

  /** @param onStopped hears of a scenario with a replication that met a limit; without it the limit is thrown */
  constructor(
    cells: Cells,
    onWhole: (scenario: number, found: readonly Some[]) => void,
    onStopped: OnStopped | null = null,
  ) {
    this.cells = cells;
    this.onWhole = onWhole;
    this.onStopped = onStopped;
  }

  add(cell: number, answer: Answer): void {
    const { cells, open } = this;
    const at = cells.scenarioOf(cell);
    const { count } = cells.list.scenarios[at]!;
    const gathered = open.get(at) ?? { answers: [], missing: count };
    open.set(at, gathered);
    gathered.answers[cell - cells.first(at)] = answer;
    if (--gathered.missing > 0) return;
    open.delete(at);
    this.close(at, gathered.answers);
  }

  private close(at: number, answers: readonly Answer[]): void {
    const stopped = answers.find((answer) => "stopped" in answer);
    if (stopped && this.onStopped) this.onStopped(at, stopped.stopped);
    else this.onWhole(at, answers.map(foundIn) as readonly unknown[] as readonly Some[]);
  }
}
