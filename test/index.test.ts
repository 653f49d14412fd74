import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { run, ScenarioError } from "../src/index.ts";

const file = fileURLToPath(new URL("../scenarios/mm1.yaml", import.meta.url));
const mm1 = readFileSync(file, "utf8");
const short = { set: ["run.duration=60 s", "run.warm-up=5 s"], replications: 2 };

test("a text and the object it stands for give the same result", async () => {
  const fromText = await run(mm1, short);
  const fromObject = await run(parse(mm1) as object, short);
  expect(fromObject).toEqual(fromText);
  expect(fromText.run.replications).toBe(2);
});

test("worker threads give the result of the calling thread", async () => {
  expect(await run(mm1, { ...short, jobs: 2 })).toEqual(await run(mm1, short));
});

test("a result is plain data: nothing is lost on the way through JSON", async () => {
  const result = await run(mm1, short);
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

test("the file gives the result its name, and progress is heard", async () => {
  const heard: number[] = [];
  const onProgress = (_: number, share: number) => heard.push(share);
  const result = await run(mm1, { ...short, file, onProgress });
  expect(result.scenario).toBe("mm1");
  expect(heard.at(-1)).toBe(1);
});

test("a scenario with mistakes is refused with all of them", async () => {
  const refused = run({ parts: "bad", seed: [] });
  await expect(refused).rejects.toBeInstanceOf(ScenarioError);
  const { issues, message } = (await refused.catch((problem: unknown) => problem)) as ScenarioError;
  expect(issues.map(({ path }) => path[0])).toEqual(expect.arrayContaining(["parts", "seed"]));
  expect(message).toContain("scenario.yaml:2:");
});

test("an aborted run is rejected with the reason", async () => {
  const signal = AbortSignal.abort(new Error("never mind"));
  await expect(run(mm1, { ...short, signal })).rejects.toThrow("never mind");
});
