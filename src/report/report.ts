/** The report folder: every file that is made from one result, as path → bytes. */
import type { Result } from "../experiment/result.ts";
import { specification } from "./charts/chart.ts";
import { charts } from "./charts/index.ts";
import { csv } from "./data/csv.ts";
import { sheets } from "./data/index.ts";
import { junit } from "./junit.ts";
import { manifest } from "./manifest.ts";
import { markdown } from "./markdown.ts";
import { page } from "./page/page.ts";
import type { Figure } from "./page/pieces.ts";

export interface RenderOptions {
  /** Called after each chart with how many of them are drawn. */
  onProgress?(done: number, of: number): void;
}

type Files = Map<string, string | Uint8Array>;

/** Every file of a report folder; result.json and manifest.json included. Nothing is written. */
export async function renderReport(
  result: Result,
  options: RenderOptions = {},
): Promise<Map<string, string | Uint8Array>> {
  const files: Files = new Map();
  const figures = await draw(result, files, options);
  const drawn = figures.map(({ chart }) => chart);
  files.set("report.html", page(result, figures));
  files.set("summary.md", markdown(result, drawn));
  files.set("result.json", `${JSON.stringify(result, null, 2)}\n`);
  files.set("junit.xml", junit(result));
  files.set("scenario.resolved.yaml", await resolvedScenario(result));
  for (const [name, sheet] of Object.entries(sheets)) {
    files.set(`data/${name}.csv`, await csv(sheet(result)));
  }
  files.set("manifest.json", manifest(result, files));
  return files;
}

/** Draws every chart that has something to show, twice: a file that stands alone, and one for the page. */
async function draw(result: Result, files: Files, options: RenderOptions): Promise<Figure[]> {
  const { sharpen } = await import("./charts/draw.ts");
  const pencil = await sharpen();
  const figures: Figure[] = [];
  let done = 0;
  for (const chart of charts) {
    const spec = specification(chart, result);
    if (spec) {
      const svg = await pencil.svg(spec);
      files.set(`charts/${chart.name}.vl.json`, `${JSON.stringify(spec, null, 1)}\n`);
      files.set(`charts/${chart.name}.svg`, svg);
      files.set(`charts/${chart.name}.png`, pencil.png(svg));
      figures.push({ chart, svg: await pencil.svg(forPage(spec)) });
    }
    options.onProgress?.(++done, charts.length);
  }
  return figures;
}

/** The page has its own heading and caption, and its own background. */
function forPage(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { title: _, ...rest } = spec;
  const config = rest["config"] as Readonly<Record<string, unknown>>;
  return { ...rest, config: { ...config, background: null, padding: 3 } };
}

async function resolvedScenario(result: Result): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(result.resolved, { lineWidth: 100, aliasDuplicateObjects: false });
}
