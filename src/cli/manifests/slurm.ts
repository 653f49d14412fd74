import { mergeLine, remarks, shellLine, type Manifest } from "./manifest.ts";

/** Source: Slurm Workload Manager, sbatch manual, job arrays. */
export const slurm: Manifest = {
  kind: "slurm",
  summary: "An array job that begins again where its node failed: sbatch",
  print: (sharded) =>
    `#!/bin/sh\n` +
    `#SBATCH --job-name=loadstar-${sharded.name}\n` +
    `#SBATCH --array=1-${sharded.shards}\n` +
    `#SBATCH --cpus-per-task=4\n` +
    `#SBATCH --requeue\n` +
    remarks(
      "Submitted from a folder that the nodes share. When the array has ended:",
      mergeLine(sharded),
    ) +
    `exec ${shellLine(sharded, '"$SLURM_ARRAY_TASK_ID"')} --jobs "\${SLURM_CPUS_PER_TASK:-1}"\n`,
};
