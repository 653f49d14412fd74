import { awsBatch } from "./aws-batch.ts";
import { githubActions } from "./github-actions.ts";
import { gnuParallel } from "./gnu-parallel.ts";
import { kubernetes } from "./kubernetes.ts";
import { slurm } from "./slurm.ts";

/** Every batch engine that is known by name. Another one is its own file and a line here. */
export const manifests = [kubernetes, slurm, awsBatch, githubActions, gnuParallel] as const;
