/** The exported page in a real browser: opened from a folder, as it will be by those who get it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderReport } from "../../../src/report/index.ts";
import {
  openBrowser,
  violations,
  whyNoBrowser,
  type Browser,
  type Tab,
} from "../../support/browser.ts";
import { folderWith } from "../../support/folder.ts";
import { sampleResult } from "../sample.ts";

const missing = whyNoBrowser();
if (missing !== null) console.warn(`pages are not tried in a browser: ${missing}`);

/** Starting a browser takes seconds on a busy machine [ms]. */
const PATIENCE = 90_000;

describe.skipIf(missing !== null)("the page in a browser", () => {
  const path = join(folderWith({}), "report.html");
  let browser: Browser;
  let tab: Tab;
  let url: string;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    writeFileSync(path, (await renderReport(sampleResult())).get("report.html")!);
    url = pathToFileURL(path).href;
    browser = await openBrowser();
    tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    tab.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    tab.on("pageerror", (error) => complaints.push(error.message));
    tab.on("request", (request) => requests.push(request.url()));
    await tab.goto(url);
  }, PATIENCE);

  afterAll(() => browser?.close());

  test("complains of nothing and asks for nothing but itself", () => {
    expect(complaints).toEqual([]);
    expect(requests).toEqual([url]);
  });

  test("draws every chart, in marks that have a size", async () => {
    const drawn = await tab.evaluate<{ name: string; width: number; marks: number }[]>(
      `[...document.querySelectorAll("figure")].map((figure) => ({
        name: figure.id,
        width: figure.querySelector("svg").getBoundingClientRect().width,
        marks: [...figure.querySelectorAll("svg path, svg line")].filter((mark) => {
          const { width, height } = mark.getBoundingClientRect();
          return width + height > 0;
        }).length,
      }))`,
    );
    expect(drawn.length).toBeGreaterThan(10);
    for (const { name, width, marks } of drawn) {
      expect([name, width > 500]).toEqual([name, true]);
      expect([name, marks > 4]).toEqual([name, true]);
    }
  });

  test.each(["light", "dark"] as const)(
    "breaks no rule of axe when it is %s, with every table open",
    async (colorScheme) => {
      await tab.emulateMedia({ media: "screen", colorScheme });
      await tab.evaluate(
        `document.querySelectorAll("details").forEach((one) => (one.open = true))`,
      );
      expect(await violations(tab)).toEqual([]);
    },
    PATIENCE,
  );

  test("is dark where the reader prefers it, and white on paper", async () => {
    const background = () =>
      tab.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    await tab.emulateMedia({ media: "screen", colorScheme: "light" });
    const light = await background();
    await tab.emulateMedia({ media: "screen", colorScheme: "dark" });
    const dark = await background();
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    expect([light, dark, await background()]).toEqual([
      "rgb(251, 251, 250)",
      "rgb(18, 22, 27)",
      "rgb(255, 255, 255)",
    ]);
    const hidden = `[...document.querySelectorAll("nav, details")]
      .every((one) => getComputedStyle(one).display === "none")`;
    expect(await tab.evaluate(hidden)).toBe(true);
  });

  test("is read with the keyboard alone: first comes the way past its head", async () => {
    await tab.emulateMedia({ media: "screen", colorScheme: "light" });
    await tab.goto(url);
    await tab.keyboard.press("Tab");
    const focused = await tab.evaluate<{ text: string; left: number }>(
      `({ text: document.activeElement.textContent, left: document.activeElement.getBoundingClientRect().left })`,
    );
    expect(focused.text).toBe("Skip to the report");
    expect(focused.left).toBeGreaterThanOrEqual(0);
    await tab.keyboard.press("Enter");
    expect(await tab.evaluate("location.hash")).toBe("#main");
    await tab.evaluate(`document.querySelector("summary").focus()`);
    await tab.keyboard.press("Enter");
    expect(await tab.evaluate(`document.querySelector("details").open`)).toBe(true);
  });

  test("nothing but its own boxes scrolls sideways on a telephone", async () => {
    const narrow = await browser.newPage({ viewport: { width: 360, height: 700 } });
    await narrow.goto(url);
    const width = await narrow.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(360);
  });
});
