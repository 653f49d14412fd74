import { shellLine, type Manifest } from "./manifest.ts";

/** An array has 2 to 10,000 children; a name has letters, digits, hyphens and underscores, at most 128. */
const LONGEST_NAME = 128;

/** Source: AWS Batch API reference, SubmitJob; array jobs. */
export const awsBatch: Manifest = {
  kind: "aws-batch",
  summary: "An array job: aws batch submit-job --cli-input-json file://job.json",
  print(sharded) {
    const name = `loadstar-${sharded.name}`.replaceAll(/[^\w-]/g, "-").slice(0, LONGEST_NAME);
    const job = {
      jobName: name,
      jobQueue: "loadstar",
      // It names the image, and mounts the folder with the scenario as its working directory.
      jobDefinition: "loadstar",
      arrayProperties: { size: sharded.shards },
      retryStrategy: { attempts: 3 },
      containerOverrides: {
        command: ["sh", "-c", shellLine(sharded, "$((AWS_BATCH_JOB_ARRAY_INDEX + 1))")],
      },
    };
    return `${JSON.stringify(job, null, 2)}\n`;
  },
};
