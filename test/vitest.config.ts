/** How `npm test` runs vitest. It lives here because the top level of the repository is fixed. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Of packages that come without the sources their maps name, nobody wants to hear.
  logLevel: "error",
  test: {
    // Left to itself vitest leaves one core idle, which on two is half of them.
    maxWorkers: "100%",
    include: ["test/**/*.test.ts"],
    // Files share what they import. Reading the simulator anew for each of them took longer than most
    // of their tests, and it has nothing to forget: it keeps nothing from one run to the next.
    isolate: false,
    // Statistical tests simulate for some seconds on slow machines; nothing here measures time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // GitHub's parser imports JSON as only bundlers do.
    server: { deps: { inline: [/@actions\//] } },
    reporters: ["default", "./test/count.ts"],
  },
});
