/** What can be wrong with a scenario, as data. The place in the text is found later, from the path. */

/** A stretch of a line of a file; lines and columns count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Characters to underline; 0 when only the spot is known. */
  readonly length: number;
}

/** One mistake in the input. */
export interface Issue {
  /** Where: keys and list positions from the root, e.g. ["parts", "edge", "balancer", "kind"]. */
  readonly path: readonly (string | number)[];
  /** One sentence, lower case, no blame, no full stop: what was found and what was expected. */
  readonly message: string;
  /** What they may have meant, if one candidate is close enough. */
  readonly suggestion?: string;
  /** True when the mistake is the key itself (an unknown field), so the key is underlined, not the value. */
  readonly atKey?: boolean;
  /** The row of a file named there that is to blame, when it is not the scenario's own words. */
  readonly row?: FilePlace;
}
