import type { Job } from "kubernetes-types/batch/v1.js";
import { yamlOf } from "./yaml.ts";
import { mergeLine, remarks, shellLine, type Manifest } from "./manifest.ts";

/** Source: Kubernetes API reference, batch/v1 JobSpec; Indexed Jobs and back-off per index (1.33 stable). */
export const kubernetes: Manifest = {
  kind: "kubernetes",
  summary: "An Indexed Job with retries of its own for each shard: kubectl apply -f -",
  print(sharded) {
    const { name, shards, image } = sharded;
    const job = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: `loadstar-${name}` },
      spec: {
        completionMode: "Indexed",
        completions: shards,
        parallelism: shards,
        backoffLimitPerIndex: 3,
        template: {
          spec: {
            restartPolicy: "Never",
            containers: [
              {
                name: "loadstar",
                image,
                workingDir: "/work",
                command: ["sh", "-c", shellLine(sharded, "$((JOB_COMPLETION_INDEX + 1))")],
                volumeMounts: [{ name: "work", mountPath: "/work" }],
              },
            ],
            volumes: [{ name: "work", persistentVolumeClaim: { claimName: "loadstar" } }],
          },
        },
      },
    } satisfies Job;
    const how = remarks(
      "The claim `loadstar` is a volume that every node may write: the scenario lies in it, the parts go there.",
      `When the Job is complete, in that folder: ${mergeLine(sharded)}`,
    );
    return how + yamlOf(job);
  },
};
