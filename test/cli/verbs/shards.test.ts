/**
 * What is printed for each batch engine fits the engine, and its script, run as the engine would run
 * it, asks for one shard after the other. How parts join is tried with GNU parallel, and in merge.test.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow,
} from "@actions/workflow-parser";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { folderWith } from "../../support/folder.ts";
import { onPath } from "../../support/redis.ts";
import { inside } from "../inside.ts";
import { loadstar, scenarios } from "../loadstar.ts";

const text = readFileSync(join(scenarios, "mm1.yaml"), "utf8");
const file = "it's mm1.yaml";
const asked = [
  file,
  "--count",
  "2",
  "--replications",
  "2",
  "--set",
  "run.duration=20 s",
  "--set",
  "run.warm-up=0 s",
];
const [, , , ...flags] = asked;
/** As the printed commands have them. */
const sorted = [...flags.slice(2), ...flags.slice(0, 2)];
const program = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

/** A folder with the scenario, and `loadstar` on the path. */
function workplace(loadstar = `#!/bin/sh\nexec node '${program}' "$@"\n`) {
  const cwd = folderWith({ [file]: text, "bin/loadstar": loadstar });
  chmodSync(join(cwd, "bin/loadstar"), 0o755);
  const run = (script: string, env: Record<string, string> = {}) =>
    execFileSync("sh", ["-c", script], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, PATH: `${cwd}/bin:${process.env["PATH"]}`, ...env },
    });
  return { cwd, run };
}

const printed = async (kind: string, ...more: string[]) => {
  const { code, stdout, stderr } = await loadstar(["shards", ...asked, "--for", kind, ...more]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
};

/** What a script asks of `loadstar`, word by word, without asking it. */
function wordsIn(script: string, env: Record<string, string> = {}): string[] {
  const { cwd, run } = workplace('#!/bin/sh\nprintf "%s\\n" "$@" > words\n');
  run(script, env);
  return readFileSync(join(cwd, "words"), "utf8").trimEnd().split("\n");
}

/** What each of the two shards is to be asked. */
const shard = (at: number, ...more: string[]) => {
  const where = ["--out", "parts", "--shard", `${at}/2`, "--quiet", "--resume", ...more];
  return ["run", file, ...sorted, ...where];
};

test("Kubernetes: an Indexed Job by its API, with back-off for each index", async () => {
  const name = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/); // RFC 1123
  const container = z.strictObject({
    name,
    image: z.string(),
    workingDir: z.string(),
    command: z.tuple([z.literal("sh"), z.literal("-c"), z.string()]),
    volumeMounts: z.array(z.strictObject({ name, mountPath: z.string() })),
  });
  const claim = z.strictObject({
    name,
    persistentVolumeClaim: z.strictObject({ claimName: name }),
  });
  const pod = z.strictObject({
    restartPolicy: z.literal("Never"), // what backoffLimitPerIndex asks for
    containers: z.array(container).length(1),
    volumes: z.array(claim),
  });
  const job = z.strictObject({
    apiVersion: z.literal("batch/v1"),
    kind: z.literal("Job"),
    metadata: z.strictObject({ name }),
    spec: z.strictObject({
      completionMode: z.literal("Indexed"),
      completions: z.literal(2),
      parallelism: z.literal(2),
      backoffLimitPerIndex: z.int().min(1),
      template: z.strictObject({ spec: pod }),
    }),
  });
  const { spec } = job.parse(parse(await printed("kubernetes")));
  const script = spec.template.spec.containers[0]!.command[2];
  const env = (index: number) => ({ JOB_COMPLETION_INDEX: String(index) });
  expect([0, 1].map((index) => wordsIn(script, env(index)))).toEqual([shard(1), shard(2)]);
});

test("Slurm: a script of a shell, whose array counts from 1", async () => {
  const script = await printed("slurm");
  expect(script).toMatch(/^#!\/bin\/sh\n(#SBATCH --[a-z-]+(=\S+)?\n)+/);
  expect(script).toContain("#SBATCH --array=1-2\n");
  const env = (index: number) => ({ SLURM_ARRAY_TASK_ID: String(index), SLURM_CPUS_PER_TASK: "1" });
  expect([1, 2].map((index) => wordsIn(script, env(index)))).toEqual([
    shard(1, "--jobs", "1"),
    shard(2, "--jobs", "1"),
  ]);
});

test("AWS Batch: a request for an array job, which counts from 0", async () => {
  const request = z.strictObject({
    jobName: z.string().regex(/^[a-zA-Z0-9][\w-]{0,127}$/),
    jobQueue: z.string(),
    jobDefinition: z.string(),
    arrayProperties: z.strictObject({ size: z.int().min(2).max(10_000) }),
    retryStrategy: z.strictObject({ attempts: z.int().min(1).max(10) }),
    containerOverrides: z.strictObject({ command: z.array(z.string()) }),
  });
  const { containerOverrides, arrayProperties } = request.parse(
    JSON.parse(await printed("aws-batch")),
  );
  expect(arrayProperties.size).toBe(2);
  const script = containerOverrides.command[2]!;
  const env = (index: number) => ({ AWS_BATCH_JOB_ARRAY_INDEX: String(index) });
  expect([0, 1].map((index) => wordsIn(script, env(index)))).toEqual([shard(1), shard(2)]);
});

describe("GitHub Actions", () => {
  test("a workflow by GitHub's own parser, with a job for each shard", async () => {
    const content = await printed("github-actions");
    const { context, value } = parseWorkflow(
      { name: "a.yaml", content },
      new NoOperationTraceWriter(),
    );
    expect(context.errors.getErrors()).toEqual([]);
    const { jobs } = await convertWorkflowTemplate(context, value!);
    expect(jobs.map(({ id }) => id.value)).toEqual(["shard", "merge"]);
    const workflow = parse(content) as {
      jobs: { shard: { strategy: { matrix: { shard: number[] } }; steps: { run?: string }[] } };
    };
    const { strategy, steps } = workflow.jobs.shard;
    const line = steps.find(({ run }) => run !== undefined)!.run!;
    const lines = strategy.matrix.shard.map((at) =>
      line.replace("${{ matrix.shard }}", String(at)),
    );
    expect(lines.map((script) => wordsIn(script))).toEqual([shard(1), shard(2)]);
  });

  test("a matrix has at most 256 jobs", async () => {
    const { code, stderr } = await inside([
      "shards",
      file,
      "--for",
      "github-actions",
      "--count",
      "257",
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("at most 256")]);
  });
});

const missing = onPath("parallel") ? null : "GNU parallel is not installed";
if (missing !== null) console.warn(`its script is not run: ${missing}`);
test.skipIf(missing !== null)("GNU parallel: a script that runs and joins all", async () => {
  const { run, cwd } = workplace();
  writeFileSync(join(cwd, "all.sh"), await printed("gnu-parallel"));
  // Its last line joins the parts and prints the verdict.
  const said = run("sh all.sh");
  expect(said).toContain("One till");
  const words = ["run", file, ...flags, "--quiet", "--no-report", "--json"];
  const { stdout: whole } = await inside(words, cwd);
  expect(run("loadstar merge parts/*/*.jsonl --no-report --quiet --json")).toBe(whole);
});

test("a sweep and a comparison are asked with their own words", async () => {
  const swept = await inside([
    "shards",
    "a.yaml",
    "--for",
    "slurm",
    "--vary",
    "a.b=1,2",
    "--seed",
    "x y",
  ]);
  expect(swept.stdout).toContain("loadstar sweep a.yaml --vary a.b=1,2 --seed 'x y' --out");
  const compared = await inside(["shards", "a.yaml", "--for", "slurm", "--variants", "base,wide"]);
  expect(compared.stdout).toContain("loadstar compare a.yaml --variants base,wide --out");
  const wrong = await inside(["shards", "a.yaml", "--for", "kubernets"]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining('did you mean "kubernetes"?'),
  ]);
});
