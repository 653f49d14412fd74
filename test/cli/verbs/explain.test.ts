import { expect, test } from "vitest";
import { loadstar } from "../loadstar.ts";

test("a kind is explained with its fields", async () => {
  const { code, stdout, stderr } = await loadstar(["explain", "power-of-choices"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("power-of-choices");
  expect(stdout).toContain("choices");
});

test("a kind that does not exist is answered with the nearest one", async () => {
  const { code, stdout, stderr } = await loadstar(["explain", "power-of-choises"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('there is no kind "power-of-choises"; did you mean "power-of-choices"?');
});

test("the schema is one JSON document, the reference is Markdown", async () => {
  const schema = await loadstar(["schema"]);
  expect(JSON.parse(schema.stdout)).toMatchObject({ type: "object" });
  expect((await loadstar(["schema", "--reference"])).stdout).toMatch(/^# /);
});
