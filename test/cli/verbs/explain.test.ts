import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../../support/folder.ts";
import { inside } from "../inside.ts";
import { loadstar } from "../loadstar.ts";

describe("a kind", () => {
  test("is explained with its fields", async () => {
    const { code, stdout, stderr } = await loadstar(["explain", "power-of-choices"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("power-of-choices");
    expect(stdout).toContain("choices");
  });

  test("whose name holds a version is no file", async () => {
    const { code, stdout, stderr } = await inside(["explain", "nginx 1.31"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^nginx 1\.31 \(/);
  });

  test("that does not exist is answered with the nearest one", async () => {
    const { code, stdout, stderr } = await inside(["explain", "power-of-choises"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      'there is no kind or field "power-of-choises"; did you mean "power-of-choices"?',
    );
  });

  test("is one JSON document with --json", async () => {
    const { stdout } = await inside(["explain", "power-of-choices", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "power-of-choices" });
  });
});

/** One server that takes 100 ms: 10 calls a second. From the tenth second on 20 come. */
const TILL = `title: A till
run: { duration: 30 s, window: 10 s }
workloads:
  shoppers:
    to: till
    arrivals: { kind: deterministic, rate: { kind: profile, points: [[0 s, 5 rps], [10 s, 20 rps]], interpolation: step } }
parts:
  till: { kind: service, fleet: { instances: 1 }, slots: 1, work: 100 ms }
`;
const folder = folderWith({ "till.yaml": TILL, "wrong.yaml": "title: 1\n", "other.json": "{}" });
const till = join(folder, "till.yaml");

describe("a scenario", () => {
  test("is explained by the origin of each value", async () => {
    const { code, stdout, stderr } = await inside([
      ...["explain", till, "--set", "parts.till.slots=2", "--seed", "9"],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {4}work: 100 ms +# .*till\.yaml:8$/m);
    expect(stdout).toMatch(/^ {4}slots: 2 +# --set parts\.till\.slots=2$/m);
    expect(stdout).toMatch(/^seed: "9" +# --set seed="9"$/m);
    expect(stdout).toMatch(/^ {2}confidence: 95 % +# default$/m);
  });

  test("with --json is a list of values with their origins", async () => {
    const { stdout } = await inside(["explain", till, "--json"]);
    expect(JSON.parse(stdout)).toContainEqual({
      path: "run.duration",
      value: "30 s",
      origin: { from: "file", file: till, line: 2, column: 18, length: 4 },
    });
  });

  test("with mistakes is not explained", async () => {
    const { code, stdout, stderr } = await inside(["explain", join(folder, "wrong.yaml")]);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("nothing was explained");
  });
});

describe("a run", () => {
  test("is explained by its causes, and the saved result by the same", async () => {
    const now = await loadstar(["explain", till, "--run"]);
    expect(now.code).toBe(0);
    // A window may see one call more or less than the rates say.
    const capacity = "(9\\.90|10|10\\.1)/s";
    expect(now.stdout).toMatch(
      new RegExp(
        `00:10  arrivals of 20/s pass till's capacity of ${capacity}.*(4\\.90|5)/s of ${capacity}`,
      ),
    );
    expect(now.stdout).toContain("→ no recovery by the end of the run");
    expect(now.stdout).toMatch(/The slowest: shoppers, .*born \d\d:\d\d\n {2}till-1 {2}░+█/);
    const result = await inside(["run", till, "--json", "--no-report", "--quiet", "--traces"]);
    writeFileSync(join(folder, "result.json"), result.stdout);
    expect((await inside(["explain", folder])).stdout).toBe(now.stdout);
    const json = await inside(["explain", join(folder, "result.json"), "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: "loadstar/why",
      causes: [{ part: "till", at: 10, until: null }],
    });
  });

  test.each([
    ["a folder that is not there", ["explain", "./nowhere"], 4, "there is no such file"],
    [
      "a kind to be run",
      ["explain", "poisson", "--run"],
      2,
      "--run needs a scenario; poisson is none",
    ],
    ["a document of others", ["explain", join(folder, "other.json"), "--run"], 3, "nothing was"],
  ])("%s is refused", async (_, words, code, said) => {
    const ended = await inside(words);
    expect([ended.code, ended.stdout]).toEqual([code, ""]);
    expect(ended.stderr).toContain(said);
  });
});

test("the schema is one JSON document, the reference is Markdown", async () => {
  const schema = await inside(["schema"]);
  expect(JSON.parse(schema.stdout)).toMatchObject({ type: "object" });
  expect((await loadstar(["schema", "--reference"])).stdout).toMatch(/^# /);
});
