export * from "./distributions/index.ts";
export * from "./differences.ts";
export { Histogram, type SparseHistogram } from "./histogram.ts";
export * from "./intervals.ts";
export { normalQuantile, studentProbability, studentQuantile } from "./student.ts";
export * from "./steadiness.ts";
