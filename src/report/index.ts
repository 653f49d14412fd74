export { renderReport } from "./report.ts";
export type { RenderOptions } from "./figures.ts";
export { renderTerminal } from "./terminal.ts";
