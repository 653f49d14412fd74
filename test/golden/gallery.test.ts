/** The committed reports are what the program writes today, byte by byte. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstDifference } from "./difference.ts";

const committed = fileURLToPath(new URL("../../reports/gallery", import.meta.url));
const script = fileURLToPath(new URL("regenerate.js", import.meta.url));
let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "loadstar-golden-"));
  const { status, stderr } = spawnSync(process.execPath, [script, made], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

/** Every file in a folder, by its path with slashes. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted();
  return new Map(
    names.map((name) => [name.split(sep).join("/"), readFileSync(join(folder, name), "utf8")]),
  );
}

test("the gallery is what the program writes today; if that is right, `npm run gallery` renews it", () => {
  expect(firstDifference(filesIn(committed), filesIn(made))).toBe(null);
});

test("the gallery holds reports small enough to be read in a review", () => {
  const files = [...filesIn(committed)];
  expect(files.length).toBeGreaterThan(20);
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThan(2e6);
  expect(files.filter(([name]) => /\.(html|png)$/.test(name))).toEqual([]);
});
