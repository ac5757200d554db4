import type { Smoothness } from "./matern.ts";
import type { Transform } from "./transform.ts";

/** One way of seeing the losses. */
export interface View {
  readonly transform: Transform;
  readonly smoothness: Smoothness;
}

/** They take turns by trial number: what one gets stuck on, another passes. */
export const VIEWS: readonly [View, ...View[]] = [
  { transform: "standard", smoothness: "5/2" },
  { transform: "half-rank", smoothness: "3/2" },
];
