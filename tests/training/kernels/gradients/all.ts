import type { Computation } from "./computation.ts";
import { convolutionCases } from "./convolutions.ts";
import { layerCases } from "./layers.ts";
import { poolingCases } from "./pooling.ts";
import { tensorCases } from "./tensors.ts";

/** What every backend must compute as the cpu backend does, by kind. */
export const GRADIENT_CASES: { readonly [kind: string]: readonly Computation[] } = {
  convolutions: convolutionCases,
  pooling: poolingCases,
  "products and places": tensorCases,
  "layers and optimizers": layerCases,
};
