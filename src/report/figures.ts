/** Charts become pictures: files that stand alone, and drawings for a page. */
import { specification, type Chart } from "./charts/chart.ts";
import type { Figure } from "./page/pieces.ts";

export interface RenderOptions {
  /** Called after each chart with how many of them are drawn. */
  onProgress?(done: number, of: number): void;
}

/** A report folder: path to content. */
export type Files = Map<string, string | Uint8Array>;

/** Draws every chart that has something to show, twice: a file that stands alone, and one for the page. */
export async function draw<Subject>(
  charts: readonly Chart<Subject>[],
  subject: Subject,
  files: Files,
  options: RenderOptions,
): Promise<Figure<Subject>[]> {
  const { sharpen } = await import("./charts/draw.ts");
  const pencil = await sharpen();
  const figures: Figure<Subject>[] = [];
  let done = 0;
  for (const chart of charts) {
    const spec = specification(chart, subject);
    if (spec) {
      const svg = await pencil.svg(spec);
      files.set(`charts/${chart.name}.vl.json`, written(spec));
      files.set(`charts/${chart.name}.svg`, svg);
      files.set(`charts/${chart.name}.png`, pencil.png(svg));
      figures.push({ chart, svg: await pencil.svg(forPage(spec)) });
    }
    options.onProgress?.(++done, charts.length);
  }
  return figures;
}

/** JSON with a line for each row of data, so that files are short and changes can be read. */
function written(spec: Readonly<Record<string, unknown>>): string {
  // Strings hold no line feed of their own in JSON: only the spaces between are taken out.
  const rows = /\{[^{}[\]]*\}|\[[^{}[\]]*\]/g;
  const short = (row: string) => row.replace(/\s*\n\s*/g, " ");
  return `${JSON.stringify(spec, null, 1).replace(rows, short)}\n`;
}

/** The page has its own heading and caption, and its own background. */
function forPage(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { title: _, ...rest } = spec;
  const config = rest["config"] as Readonly<Record<string, unknown>>;
  return { ...rest, config: { ...config, background: null, padding: 3 } };
}
