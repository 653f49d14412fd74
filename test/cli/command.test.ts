import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wordOf } from "../../src/cli/verb.ts";
import { verbs } from "../../src/cli/verbs/index.ts";
import { loadstar } from "./loadstar.ts";

describe("help", () => {
  test("lists every verb on stdout and says nothing on stderr", async () => {
    const { code, stdout, stderr } = await loadstar(["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const verb of verbs) expect(stdout).toContain(`loadstar ${verb.usage}`);
    expect(stdout).toContain("loadstar completion");
  });

  test.each(verbs.map((verb) => [wordOf(verb), verb] as const))(
    "of %s shows its flags and an example",
    async (word, verb) => {
      const { code, stdout } = await loadstar([word, "--help"]);
      expect(code).toBe(0);
      for (const flag of Object.keys(verb.flags)) expect(stdout).toContain(`--${flag}`);
      expect(stdout).toMatch(/Examples:\n {2}loadstar/);
    },
  );

  test("--version is the package's", async () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(text) as { version: string };
    expect(await loadstar(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("a wrong command line ends with 2, says why on stderr and prints nothing", () => {
  test.each([
    [[], "say what to do"],
    [["rnu", "a.yaml"], 'there is no verb "rnu"; did you mean "run"?'],
    [["run"], "run needs more: run <file>"],
    [["run", "a.yaml", "b.yaml"], '"b.yaml" is one argument too many'],
    [["run", "a.yaml", "--replication", "3"], 'did you mean "--replications"?'],
    [["run", "a.yaml", "--job=2"], 'no flag "--job"; did you mean "--jobs"?'],
    [["run", "a.yaml", "--colour"], 'there is no flag "--colour"\n'],
    [["run", "a.yaml", "--jobs", "0"], '--jobs is "0"; it takes a whole number from 1'],
    [["run", "a.yaml", "--replications", "1e3"], '--replications is "1e3"'],
    [["run", "a.yaml", "--seed", "1", "--seed", "2"], "--seed is given more than once"],
    [["run", "a.yaml", "--set"], "not enough arguments following: set"],
    [["check"], "check needs more: check <files..>"],
  ])("%j", async (words, why) => {
    const { code, stdout, stderr } = await loadstar(words, { env: { LANG: "de_DE.UTF-8" } });
    expect(stderr).toContain(why);
    expect(stderr).toMatch(/\nSee: loadstar .*--help\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

test("a file that is not there ends with 4 and is named", async () => {
  const { code, stdout, stderr } = await loadstar(["run", "nowhere.yaml"]);
  expect(stderr).toBe("loadstar: nowhere.yaml: there is no such file or folder\n");
  expect([code, stdout]).toEqual([4, ""]);
});

describe("completion", () => {
  const complete = async (...words: string[]) =>
    (await loadstar(["--get-yargs-completions", "loadstar", ...words])).stdout.trim().split("\n");

  test("offers the verbs, then a verb's flags", async () => {
    expect(await complete("")).toEqual(expect.arrayContaining(["run", "check", "explain"]));
    expect(await complete("run", "a.yaml", "--")).toEqual(
      expect.arrayContaining(["--seed", "--variant"]),
    );
  });

  test("leaves file names to the shell", async () => {
    expect(await complete("run", "")).toEqual([""]);
  });

  test.each(["bash", "zsh"])("prints a script for %s", async (shell) => {
    const { code, stdout } = await loadstar(["completion"], { env: { SHELL: `/bin/${shell}` } });
    expect(code).toBe(0);
    expect(stdout).toContain(shell === "zsh" ? "compdef" : "complete -o");
  });
});
