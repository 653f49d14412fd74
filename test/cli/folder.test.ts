import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFolder } from "../../src/cli/folder.ts";

let place: string;
beforeEach(() => (place = mkdtempSync(join(tmpdir(), "loadstar-folder-"))));
afterEach(() => rmSync(place, { recursive: true }));

const report = (text: string) =>
  new Map<string, string | Uint8Array>([
    ["report.html", text],
    ["charts/a.png", new Uint8Array([1, 2, 3])],
  ]);

test("a new folder gets every file, with the folders between", () => {
  writeFolder(join(place, "mm1", "abc"), report("first"));
  expect(readFileSync(join(place, "mm1/abc/report.html"), "utf8")).toBe("first");
  expect([...readFileSync(join(place, "mm1/abc/charts/a.png"))]).toEqual([1, 2, 3]);
  expect(readdirSync(join(place, "mm1"))).toEqual(["abc"]);
});

test("a folder that is there is brought up to date and keeps what is not ours", () => {
  const folder = join(place, "abc");
  writeFolder(folder, report("first"));
  writeFileSync(join(folder, "notes.md"), "ask Mei about the cache");
  writeFolder(folder, report("second"));
  expect(readFileSync(join(folder, "report.html"), "utf8")).toBe("second");
  expect(readFileSync(join(folder, "notes.md"), "utf8")).toBe("ask Mei about the cache");
  expect(readdirSync(place)).toEqual(["abc"]);
});

test("when one file cannot be written there is no folder at all", () => {
  const folder = join(place, "abc");
  const clash = new Map([
    ["charts", "a file"],
    ["charts/a.svg", "in a folder of the same name"],
  ]);
  expect(() => writeFolder(folder, clash)).toThrow();
  expect(readdirSync(place)).toEqual([]);
});

test("when an update fails the old report stays whole", () => {
  const folder = join(place, "abc");
  writeFolder(folder, report("first"));
  const half = new Map([...report("second"), ["report.html/x", "below a file"]]);
  expect(() => writeFolder(folder, half)).toThrow();
  expect(readFileSync(join(folder, "report.html"), "utf8")).toBe("first");
});

test.each(["../out.html", "/tmp/out.html", "charts/../../out.html"])(
  "a file named %s is refused",
  (name) => {
    expect(() => writeFolder(join(place, "abc"), new Map([[name, ""]]))).toThrow("leads out");
    expect(existsSync(join(place, "out.html"))).toBe(false);
  },
);
