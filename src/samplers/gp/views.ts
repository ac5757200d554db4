import type { PointSpace } from "../points.ts";
import type { Transform } from "./data/transform.ts";
import type { Smoothness } from "./kernel/matern.ts";

/** One way of seeing the losses. */
export interface View {
  readonly transform: Transform;
  readonly smoothness: Smoothness;
}

/** Two that take turns by trial number: what one gets stuck on, another passes. */
export type Views = readonly [View, View];

/** How many views there are of any space. */
export const VIEWS = 2;

const RANKED: View = { transform: "half-rank", smoothness: "3/2" };
const FLAT: Views = [{ transform: "drawn-in", smoothness: "5/2" }, RANKED];
const CONDITIONAL: Views = [{ transform: "wide", smoothness: "5/2" }, RANKED];

/**
 * The views of a space. Where some params are active with others alone, a branch may be worse by far than the best one
 * in all of its trials and still hold the optimum: how they differ must stay visible.
 */
export function viewsOf({ space }: PointSpace): Views {
  return space.dimensions.some(({ condition }) => condition !== null) ? CONDITIONAL : FLAT;
}
