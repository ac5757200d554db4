import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { ParzenError } from "../../errors.ts";
import type { TrialArtifacts } from "../../trial/context.ts";
import type { Preprocessing } from "../data/preprocessing.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { nameDepthMultipliers } from "./depth-multipliers.ts";
import { loadLayers } from "./layers-format.ts";

/** Names of a trial's artifacts: the layers format of TensorFlow.js, which `tf.loadLayersModel` reads anywhere. */
const TOPOLOGY = "model.json";
const WEIGHTS = "weights.bin";

export interface SavedModel {
  readonly model: LayersModel;
  readonly preprocessing: Preprocessing;
}

/** Writes model and preprocessing, the latter as `userDefinedMetadata.parzen` of the model. */
export async function saveModel(tf: TensorFlow, saved: SavedModel, artifacts: TrialArtifacts): Promise<void> {
  const { model, preprocessing } = saved;
  nameDepthMultipliers(model.layers);
  await model.save({
    async save({ modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy }) {
      const json = {
        format,
        generatedBy,
        convertedBy,
        modelTopology,
        userDefinedMetadata: { parzen: preprocessing },
        weightsManifest: [{ paths: [WEIGHTS], weights: weightSpecs }],
      };
      await artifacts.write(WEIGHTS, new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
      await artifacts.write(TOPOLOGY, new TextEncoder().encode(JSON.stringify(json)));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
}

/**
 * Reads what `saveModel` wrote.
 *
 * @throws ParzenError NO_TEST where the trial kept no model
 */
export async function loadModel(tf: TensorFlow, artifacts: TrialArtifacts): Promise<SavedModel> {
  const topology = await artifacts.read(TOPOLOGY);
  const weights = await artifacts.read(WEIGHTS);
  if (topology === null || weights === null) {
    throw new ParzenError("NO_TEST", `the trial kept no model: ${TOPOLOGY} or ${WEIGHTS} is missing`, {
      hint: "Only a trial that completed its training keeps one; its artifacts may have been removed.",
    });
  }
  // `saveModel` wrote it in this shape.
  const json = JSON.parse(new TextDecoder().decode(topology)) as io.ModelJSON & {
    readonly userDefinedMetadata: { readonly parzen: Preprocessing };
  };
  const model = await loadLayers(tf, json, async () => weights);
  return { model, preprocessing: json.userDefinedMetadata.parzen };
}
