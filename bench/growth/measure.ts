/** Measures curves in child processes: the least figure of a few rounds over all sizes. */
import { Child } from "../children.ts";
import { judge, type Curve } from "./curve.ts";

export interface Growth {
  readonly title: string;
  readonly unit: string;
  readonly sizes: Curve["sizes"];
  readonly figures: readonly number[];
  readonly verdict: { readonly met: boolean; readonly text: string } | null;
}

export interface GrowthOptions {
  readonly rounds: number;
  readonly quick: boolean;
}

/** Quick means the two smallest sizes, which cannot be judged. */
export async function measureGrowth(whole: Curve, options: GrowthOptions): Promise<Growth> {
  const curve = options.quick ? { ...whole, sizes: whole.sizes.slice(0, 2) } : whole;
  const figures = curve.fresh ? await apart(curve, options) : await together(curve, options);
  const { title, unit, sizes } = curve;
  return { title, unit, sizes, figures, verdict: judge(curve, figures) };
}

async function together(curve: Curve, { rounds, quick }: GrowthOptions): Promise<number[]> {
  const child = new Child({ measure: "curve", curve: curve.title, quick });
  const least = curve.sizes.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const position of curve.sizes.keys())
      least[position] = Math.min(least[position]!, await child.ask<number>(position));
  }
  child.dismiss();
  return least;
}

/** Every measurement in a process of its own, in which V8 decides anew what to compile into what. */
async function apart(curve: Curve, { rounds, quick }: GrowthOptions): Promise<number[]> {
  const least = curve.sizes.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const position of curve.sizes.keys()) {
      const child = new Child({ measure: "curve", curve: curve.title, quick }, curve.fresh);
      least[position] = Math.min(least[position]!, await child.ask<number>(position));
      child.dismiss();
    }
  }
  return least;
}
