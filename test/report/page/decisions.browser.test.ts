/** The pages of comparisons, sweeps and searches in a real browser. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison.ts";
import type { Files } from "../../../src/report/figures.ts";
import { renderSizing } from "../../../src/report/sizing.ts";
import { renderSweep } from "../../../src/report/sweep.ts";
import { openBrowser, violations, whyNoBrowser, type Browser } from "../../support/browser.ts";
import { folderWith } from "../../support/folder.ts";
import { comparisons, HOSTILE, sized, swept } from "../decisionsSketch.ts";

const missing = whyNoBrowser();
if (missing !== null) console.warn(`pages are not tried in a browser: ${missing}`);

/** Starting a browser takes seconds on a busy machine [ms]. */
const PATIENCE = 120_000;

type Page = readonly [name: string, charts: number, render: () => Promise<Files>];

const pages: readonly Page[] = [
  ["a comparison of two", 2, () => renderComparison(comparisons.two)],
  ["a comparison of three", 2, () => renderComparison(comparisons.three)],
  ["a sweep of one input", 1, () => renderSweep(swept("grid", [5]))],
  ["a sweep of two inputs", 1, () => renderSweep(swept("grid", [3, 4]))],
  ["a search", 1, () => renderSizing(sized(HOSTILE))],
];

describe.skipIf(missing !== null)("in a browser", () => {
  const folder = folderWith({});
  let browser: Browser;

  beforeAll(async () => {
    browser = await openBrowser();
  }, PATIENCE);

  afterAll(() => browser?.close());

  test.each(pages)(
    "the page of %s draws its charts, asks for nothing, and is fit for everyone",
    async (name, charts, render) => {
      const path = join(folder, `${name.replaceAll(" ", "-")}.html`);
      const url = pathToFileURL(path).href;
      writeFileSync(path, (await render()).get("report.html")!);
      const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      const heard: string[] = [];
      tab.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
      tab.on("pageerror", (error) => heard.push(error.message));
      tab.on("request", (request) => heard.push(request.url()));
      await tab.goto(url);
      expect(heard).toEqual([url]);

      const drawn = await tab.evaluate<boolean[]>(
        `[...document.querySelectorAll("figure svg")].map((svg) => {
          const size = (mark) => mark.getBoundingClientRect().width + mark.getBoundingClientRect().height;
          const marks = [...svg.querySelectorAll("path, line")].filter((mark) => size(mark) > 0);
          return size(svg) > 500 && marks.length > 4;
        })`,
      );
      expect(drawn.length).toBeGreaterThanOrEqual(charts);
      expect(drawn).not.toContain(false);

      for (const colorScheme of ["light", "dark"] as const) {
        await tab.emulateMedia({ media: "screen", colorScheme });
        await tab.evaluate(
          `document.querySelectorAll("details").forEach((one) => (one.open = true))`,
        );
        expect([colorScheme, await violations(tab)]).toEqual([colorScheme, []]);
      }
      await tab.emulateMedia({ media: "print", colorScheme: "dark" });
      const paper = await tab.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      expect(paper).toBe("rgb(255, 255, 255)");
      const narrow = await browser.newPage({ viewport: { width: 360, height: 700 } });
      await narrow.goto(url);
      expect(await narrow.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        360,
      );
    },
    PATIENCE,
  );
});
