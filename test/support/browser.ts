/** A browser to try pages in, where the system and the installed packages have one. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

/** What the tests use of playwright-core. */
export interface Tab {
  goto(url: string): Promise<unknown>;
  evaluate<Value>(script: string): Promise<Value>;
  emulateMedia(media: {
    media?: "print" | "screen";
    colorScheme?: "light" | "dark";
  }): Promise<void>;
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  on(event: "request", listener: (request: { url(): string }) => void): void;
  readonly keyboard: { press(key: string): Promise<void> };
}

export interface Browser {
  newPage(options?: { viewport: { width: number; height: number } }): Promise<Tab>;
  close(): Promise<void>;
}

const names = ["chromium", "chromium-browser", "google-chrome"];
const require = createRequire(import.meta.url);

/** Why there is no browser, or null when there is one. */
export function whyNoBrowser(): string | null {
  if (executable() === undefined) return `none of ${names.join(", ")} is installed`;
  for (const name of ["playwright-core", "axe-core"]) {
    try {
      require.resolve(name);
    } catch {
      return `the package ${name} is not installed`;
    }
  }
  return null;
}

export async function openBrowser(): Promise<Browser> {
  const { chromium } = require("playwright-core") as {
    chromium: { launch(options: { executablePath: string }): Promise<Browser> };
  };
  return chromium.launch({ executablePath: executable()! });
}

/** Every rule of axe that the page breaks, with the first element that does. */
export async function violations(tab: Tab): Promise<string[]> {
  await tab.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  return tab.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then((found) =>
    found.violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`);
}

function executable(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}
