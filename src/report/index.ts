export { renderReport, type RenderOptions } from "./report.ts";
export { renderTerminal } from "./terminal.ts";
