/** The report folder: every file that is made from one result, as path → bytes. */
import type { Result } from "../experiment/result.ts";
import { charts } from "./charts/index.ts";
import { csv } from "./data/csv.ts";
import { sheets } from "./data/index.ts";
import { draw, type Files, type RenderOptions } from "./figures.ts";
import { junit } from "./junit.ts";
import { manifest } from "./manifest.ts";
import { markdown } from "./markdown.ts";
import { openMetrics } from "./openMetrics.ts";
import { openSlo } from "./openSlo.ts";
import { page } from "./page/page.ts";
import { resolvedScenario } from "./resolved.ts";
import { chromeTrace } from "./traces/chromeTrace.ts";
import { otlp } from "./traces/otlp.ts";

/** Every file of a report folder; result.json and manifest.json included. Nothing is written. */
export async function renderReport(result: Result, options: RenderOptions = {}): Promise<Files> {
  const files: Files = new Map();
  const figures = await draw(charts, result, files, options);
  const drawn = figures.map(({ chart }) => chart);
  files.set("report.html", page(result, figures));
  files.set("summary.md", markdown(result, drawn));
  files.set("result.json", `${JSON.stringify(result, null, 2)}\n`);
  files.set("junit.xml", junit(result));
  files.set("openmetrics.txt", openMetrics(result));
  const promises = await openSlo(result);
  if (promises !== null) files.set("openslo.yaml", promises);
  files.set("scenario.resolved.yaml", await resolvedScenario(result));
  for (const [name, sheet] of Object.entries(sheets)) {
    const rows = sheet(result);
    if (rows !== null) files.set(`data/${name}.csv`, await csv(rows));
  }
  if (result.exemplars.length > 0) {
    files.set("traces/chrome.json", chromeTrace(result));
    files.set("traces/otlp.json", otlp(result));
  }
  files.set("manifest.json", manifest(result, files));
  return files;
}
