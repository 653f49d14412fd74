/**
 * A decision before anyone has decided how it looks: page, Markdown and terminal each draw it their
 * way. Comparisons, sweeps and searches all are told as one of these.
 */
import type { Table } from "../tables/table.ts";

export interface Brief {
  /** What it is about, in a few words: "comparison · double-eleven". */
  readonly kicker: readonly string[];
  readonly title: string;
  /** Whether it ended well; null where there is no better or worse. */
  readonly met: boolean | null;
  /** The answer in a sentence. */
  readonly headline: string;
  /** What supports it, in numbers. */
  readonly detail: string;
  readonly sections: readonly BriefSection[];
  readonly warnings: readonly string[];
  /** Where it comes from, and how to have it again. */
  readonly origin: readonly (readonly [term: string, fact: string])[];
}

export interface BriefSection {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly table: Table | null;
  /** Charts that belong here, by name. */
  readonly charts: readonly string[];
}
