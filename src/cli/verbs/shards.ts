/** `loadstar shards`: what makes a batch engine simulate a question in shards. */
import { exit, Stop } from "../exit.ts";
import { print } from "../terminal.ts";
import { once, scenarioFlags, simulationFlags, verb, wholeNumber } from "../verb.ts";

export const shards = verb({
  usage: "shards <file>",
  summary: "Prints the manifest or command with which a batch engine simulates in shards",
  given: {
    file: { type: "string", demandOption: true, describe: "Scenario, by its path over there" },
  },
  flags: {
    for: {
      type: "string",
      requiresArg: true,
      demandOption: true,
      coerce: once("--for"),
      describe: "kubernetes, slurm, aws-batch, github-actions or gnu-parallel",
    },
    count: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--count", 2),
      default: 8,
      describe: "Into how many shards",
    },
    vary: {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      defaultDescription: "nothing",
      describe: "As `sweep` takes it; without it and --variants, replications are shared out",
    },
    "latin-hypercube": {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--latin-hypercube", 2),
      describe: "As `sweep` takes it",
    },
    variants: {
      type: "string",
      requiresArg: true,
      coerce: once("--variants"),
      describe: "As `compare` takes it: shares out a comparison",
    },
    replications: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--replications", 1),
      describe: "Independent runs of each",
    },
    image: {
      type: "string",
      requiresArg: true,
      coerce: once("--image"),
      default: "loadstar:latest",
      describe: "Container image that has loadstar on its path",
    },
    seed: simulationFlags.seed,
    ...scenarioFlags,
  },
  examples: [
    ["$0 shards night.yaml --for kubernetes --vary parts.web.slots=1..99 | kubectl apply -f -", ""],
    ["$0 shards night.yaml --for gnu-parallel --replications 300 | sh", "on every core"],
    ["$0 shards night.yaml --for slurm --count 100 --variants base,wide > job.sh", "sbatch job.sh"],
  ],

  async perform(asked) {
    const { manifests } = await import("../manifests/index.ts");
    const { didYouMean } = await import("../../schema/suggest.ts");
    const kinds = manifests.map(({ kind }) => kind);
    const manifest = manifests.find(({ kind }) => kind === asked.for);
    if (!manifest) {
      const near = didYouMean(asked.for, kinds);
      const hint = near ? `did you mean "${near}"?` : `known are ${kinds.join(", ")}`;
      throw new Stop(exit.commandLine, `--for: there is no "${asked.for}"; ${hint}`);
    }
    const folder = asked.file.slice(asked.file.lastIndexOf("/") + 1).replace(/\.(ya?ml|json)$/, "");
    const sharded = {
      name: nameOf(folder),
      folder,
      words: wordsOf(asked),
      shards: asked.count,
      image: asked.image,
    };
    if (asked.count > MOST)
      throw new Stop(
        exit.commandLine,
        `--count is ${asked.count}; at most ${MOST} shards are joined`,
      );
    try {
      print(manifest.print(sharded).trimEnd());
    } catch (problem) {
      if (problem instanceof RangeError)
        throw new Stop(exit.commandLine, `--count: ${problem.message}`);
      throw problem;
    }
    return exit.met;
  },
});

/** The most shards that `merge` joins. */
const MOST = 10_000;

/** Letters, digits and hyphens: what names of jobs may have everywhere. */
function nameOf(folder: string): string {
  const name = folder.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
  return name.replaceAll(/^-+|-+$/g, "") || "scenario";
}

interface Asked {
  readonly file: string;
  readonly vary: readonly string[];
  readonly "latin-hypercube"?: number | undefined;
  readonly variants?: string | undefined;
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  readonly set: readonly string[];
  readonly variant?: string | undefined;
}

/** The command whose question is shared out. */
function wordsOf(asked: Asked): string[] {
  const { file, vary, variants, set } = asked;
  if (vary.length > 0 && variants !== undefined)
    throw new Stop(
      exit.commandLine,
      "--vary shares out a sweep and --variants a comparison: give one",
    );
  if (variants !== undefined && asked.variant !== undefined)
    throw new Stop(exit.commandLine, "--variants names what is compared: leave out --variant");
  const word = vary.length > 0 ? "sweep" : variants !== undefined ? "compare" : "run";
  const given = ["latin-hypercube", "variants", "replications", "seed", "variant"] as const;
  return [
    ...["loadstar", word, file],
    ...vary.flatMap((axis) => ["--vary", axis]),
    ...set.flatMap((replacement) => ["--set", replacement]),
    ...given.flatMap((flag) =>
      asked[flag] === undefined ? [] : [`--${flag}`, String(asked[flag])],
    ),
  ];
}
