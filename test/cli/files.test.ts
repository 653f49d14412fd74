import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readerFor, readInput, readNothing, readText } from "../../src/cli/files.ts";

let place: string;
let scenario: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "loadstar-files-"));
  scenario = join(place, "plans", "night.yaml");
  mkdirSync(join(place, "plans", "base"), { recursive: true });
  writeFileSync(join(place, "plans", "base", "shop.yaml"), "title: Ünïcode");
  writeFileSync(join(place, "secret.yaml"), "password");
  symlinkSync(join(place, "secret.yaml"), join(place, "plans", "link.yaml"));
});
afterAll(() => rmSync(place, { recursive: true }));

test("a scenario may read files beside and below it", () => {
  expect(readerFor(scenario)("base/shop.yaml")).toBe("title: Ünïcode");
});

test.each(["../secret.yaml", "link.yaml", "/etc/passwd", "base/../../secret.yaml"])(
  "a scenario may not read %s",
  (path) => {
    expect(() => readerFor(scenario)(path)).toThrow("outside the scenario's folder");
  },
);

test("a scenario without a folder may read nothing", () => {
  expect(() => readNothing()).toThrow("no files beside it");
});

test("a text of exactly the limit is read, one byte more is refused with the limit's name", () => {
  const path = join(place, "large.yaml");
  writeFileSync(path, "x".repeat(1024 * 1024));
  expect(readText(path, 1024 * 1024)).toHaveLength(1024 * 1024);
  expect(() => readText(path, 1024 * 1024 - 1)).toThrow(`${path}: is larger than`);
  writeFileSync(join(place, "plans", "large.yaml"), "x".repeat(1024 * 1024 + 1));
  expect(() => readerFor(scenario)("large.yaml")).toThrow(/^it is larger than 1 MiB/);
});

test.runIf(process.platform === "linux")("a device without an end is cut off", () => {
  expect(() => readText("/dev/zero", 1024 * 1024)).toThrow("is larger than 1 MiB");
});

test("standard input is joined and limited", async () => {
  async function* chunks() {
    yield Buffer.from("title: ");
    yield Buffer.from("piped");
  }
  expect(await readInput(chunks(), 100)).toBe("title: piped");
  await expect(readInput(chunks(), 10)).rejects.toThrow("standard input: is larger");
});
