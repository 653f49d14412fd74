import { mergeLine, quoted, remarks, shellLine, type Manifest } from "./manifest.ts";

/** Source: GNU Parallel manual. */
export const gnuParallel: Manifest = {
  kind: "gnu-parallel",
  summary: "A shell script for this machine, or for others over SSH with --sshlogin",
  print(sharded) {
    const line = quoted(`${shellLine(sharded, "{}")} --jobs 1`);
    return (
      `#!/bin/sh\n` +
      remarks("With --sshlogin host1,host2 --workdir . on machines that share this folder.") +
      `set -e\n` +
      `seq ${sharded.shards} | parallel --retries 3 --halt soon,fail=1 ${line}\n` +
      `${mergeLine(sharded)}\n`
    );
  },
};
