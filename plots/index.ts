export type { Plottable } from "./drawn-study.ts";
export type { PlotKind } from "./kinds.ts";
export { plot } from "./plot.ts";
export type { PlotOptions } from "./plot-options.ts";
export { report } from "./report.ts";
