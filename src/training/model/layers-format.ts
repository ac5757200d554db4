import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { TensorFlow } from "../tensorflow.ts";

/**
 * Builds the model that a `model.json` describes.
 *
 * @param readWeights the bytes of the files of one group of weights, one after another
 */
export function loadLayers(
  tf: TensorFlow,
  json: io.ModelJSON,
  readWeights: (names: readonly string[]) => Promise<Uint8Array>,
): Promise<LayersModel> {
  const load = () =>
    tf.io.getModelArtifactsForJSON(json, async (groups) => {
      const specs = groups.flatMap(({ weights }) => weights);
      const bytes = (await readWeights(groups.flatMap(({ paths }) => paths))).slice().buffer;
      // Weights that are cut short throw here, before there is a model whose tensors nobody could free.
      tf.tidy(() => void tf.io.decodeWeights(bytes, specs));
      return [specs, bytes];
    });
  return tf.loadLayersModel({ load });
}
