/** What can be wrong with a scenario, as data. The place in the text is found later, from the path. */

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
}
