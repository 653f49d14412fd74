/** Ctrl-C and `kill`: the work is told to stop, cleans up, and the exit code says which it was. */
import { exit, Stop } from "./exit.ts";

const endings = { SIGINT: exit.interrupted, SIGTERM: exit.terminated } as const;

/**
 * Does work that can be interrupted. The first signal aborts it; a second one, of either kind,
 * finds the system's own handler again and ends the program at once.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  left = "nothing was written",
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: keyof typeof endings) => {
    release();
    controller.abort(new Stop(endings[name], `interrupted; ${left}`));
  };
  const release = () => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

/** Lets a waiting signal be heard after a stretch of work that never paused, and obeys it. */
export async function checkpoint(signal: AbortSignal): Promise<void> {
  await new Promise((resume) => setImmediate(resume));
  signal.throwIfAborted();
}
