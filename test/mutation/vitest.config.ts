/** Runs the tests that a mutation may be caught by: files or folders named in TESTS, by commas. */
import { defineConfig } from "vitest/config";

const places = (process.env["TESTS"] ?? "test").split(",");

export default defineConfig({
  logLevel: "error",
  test: {
    include: places.map((place) => (place.endsWith(".ts") ? place : `${place}/**/*.test.ts`)),
    testTimeout: 120_000,
  },
});
