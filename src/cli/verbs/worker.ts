/** `loadstar worker`: simulates what commands with --queue ask for, until it is told to stop. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { locatorFor } from "../files.ts";
import { interruptible } from "../interrupt.ts";
import { note } from "../terminal.ts";
import { once, verb, wholeNumber } from "../verb.ts";

export const worker = verb({
  usage: "worker",
  summary: "Simulates for commands with --queue, on as many machines as you like",
  given: {},
  flags: {
    queue: {
      type: "string",
      requiresArg: true,
      demandOption: true,
      coerce: once("--queue"),
      describe:
        "redis://host:6379, rediss:// for TLS; LOADSTAR_REDIS_USERNAME and _PASSWORD in the environment",
    },
    jobs: {
      type: "string",
      requiresArg: true,
      coerce: wholeNumber("--jobs", 1),
      describe: "Runs simulated at the same time [default: cores]",
    },
    files: {
      type: "string",
      requiresArg: true,
      coerce: once("--files"),
      describe: "Folder with the files that scenarios replay; without it those are refused",
    },
  },
  examples: [["$0 worker --queue redis://queue.internal:6379", "on each machine"]],

  perform: ({ queue, files, jobs = availableParallelism() }) =>
    interruptible(async (signal) => {
      const { addressFrom } = await import("../queue/address.ts");
      const { work } = await import("../queue/worker.ts");
      const locate = files === undefined ? undefined : locatorFor(join(files, "scenario"));
      const address = addressFrom(queue, process.env);
      let latest = "";
      await work({
        address,
        jobs,
        locate,
        signal,
        onReady: () => note(`worker of ${address.name}: ${jobs} at a time`),
        onTrouble: (what) => {
          if (what !== latest) note(what);
          latest = what;
        },
      });
      throw signal.reason;
    }, "what was under way was finished, the rest is for others"),
});
