/**
 * What can be drawn of a study.
 *
 * - `history`: what each trial came to, and the best so far
 * - `timeline`: when each trial ran, slot by slot
 * - `slices`: the loss over each param
 * - `contour`: the loss over pairs of params
 * - `parallel`: trials as lines from param to param
 * - `curves`: what trials reported, step by step
 * - `importance`: how much each param matters
 */
export type PlotKind = (typeof PLOT_KINDS)[number];

export const PLOT_KINDS = ["history", "timeline", "slices", "contour", "parallel", "curves", "importance"] as const;
