import type { layers } from "@tensorflow/tfjs-layers";
import { layersWithin, wrappedBy } from "./model.ts";

/**
 * Makes separable convolutions name their depth multiplier when they are written: TensorFlow.js leaves it out, so that a
 * model with another one than 1 could not be read again.
 */
export function nameDepthMultipliers(all: readonly layers.Layer[]): void {
  for (const layer of all) {
    nameDepthMultipliers(layersWithin(layer) ?? wrappedBy(layer));
    if (layer.getClassName() !== "SeparableConv2D" || !("depthMultiplier" in layer)) continue;
    const { depthMultiplier } = layer as { readonly depthMultiplier: number }; // these layers have it as a number
    const getConfig = layer.getConfig.bind(layer);
    layer.getConfig = () => ({ ...getConfig(), depthMultiplier });
  }
}
