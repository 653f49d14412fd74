import { mergeLine, PARTS, shellLine, type Manifest } from "./manifest.ts";
import { yamlOf } from "./yaml.ts";

/** A matrix has at most 256 jobs. */
const MOST_JOBS = 256;

/** Source: GitHub Actions workflow syntax; matrix and artifact documentation. */
export const githubActions: Manifest = {
  kind: "github-actions",
  summary: "A workflow with a matrix of shards, and a job that joins them: .github/workflows/",
  print(sharded) {
    const { shards, name, image } = sharded;
    if (shards > MOST_JOBS)
      throw new RangeError(
        `a matrix has at most ${MOST_JOBS} jobs, and there are ${shards} shards`,
      );
    const shard = Array.from({ length: shards }, (_, at) => at + 1);
    const workflow = {
      name: `loadstar ${name}`,
      on: { workflow_dispatch: {} },
      jobs: {
        shard: {
          "runs-on": "ubuntu-latest",
          container: image,
          strategy: { "fail-fast": false, matrix: { shard } },
          steps: [
            { uses: "actions/checkout@v4" },
            { run: shellLine(sharded, "${{ matrix.shard }}") },
            {
              uses: "actions/upload-artifact@v4",
              with: { name: "part-${{ matrix.shard }}", path: PARTS },
            },
          ],
        },
        merge: {
          "runs-on": "ubuntu-latest",
          container: image,
          needs: "shard",
          steps: [
            {
              uses: "actions/download-artifact@v4",
              with: { path: PARTS, pattern: "part-*", "merge-multiple": true },
            },
            { run: mergeLine(sharded) },
            { uses: "actions/upload-artifact@v4", with: { name: "report", path: "reports" } },
          ],
        },
      },
    };
    return yamlOf(workflow);
  },
};
