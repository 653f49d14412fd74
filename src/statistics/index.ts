export * from "./distributions/index.ts";
export { Histogram, type SparseHistogram } from "./histogram.ts";
export * from "./intervals.ts";
export { studentQuantile, normalQuantile } from "./student.ts";
export { TimeAverage } from "./timeAverage.ts";
