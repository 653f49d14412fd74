/** What a growth curve is: something grows, and a figure is not meant to grow with it. */

export interface Curve {
  /** What grows: "pending events, bare event list". */
  readonly title: string;
  /** What is measured: "ns per event". */
  readonly unit: string;
  readonly sizes: readonly (number | string)[];
  /** The figure at one of the sizes; the least of several measurements is kept. */
  measure(size: number | string, quick: boolean): number;
  /** A process of its own for each size, started with these flags; for figures about memory. */
  readonly fresh?: readonly string[];
  /** What must hold of the figures; absent when they are only shown. */
  readonly bound?: Bound;
}

/** The figure at one size may be so many times that at another, or at most so much. */
export type Bound =
  | { readonly size: number; readonly against: number; readonly ratio: number }
  | { readonly most: number };

/** @returns the sentence of the verdict and whether the bound holds; null when sizes are missing */
export function judge({ unit, sizes, bound }: Curve, figures: readonly number[]) {
  if (bound === undefined) return null;
  if ("most" in bound) {
    const most = Math.max(...figures);
    return {
      met: most <= bound.most,
      text: `at most ${shown(bound.most)} ${unit}: ${shown(most)}`,
    };
  }
  const [large, small] = [bound.size, bound.against].map((size) => figures[sizes.indexOf(size)]);
  if (large === undefined || small === undefined) return null;
  const ratio = large / small;
  const text = `${bound.size} against ${bound.against} at most x${bound.ratio}: x${ratio.toFixed(2)}`;
  return { met: ratio <= bound.ratio, text };
}

export function shown(figure: number): string {
  if (figure !== 0 && Math.abs(figure) < 10) return figure.toFixed(2);
  return String(Math.floor(figure + 0.5));
}
