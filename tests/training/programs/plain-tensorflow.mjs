// A program without parzen: loads the model in a folder with TensorFlow.js and prints what it makes of rows of inputs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const tf = { ...require("@tensorflow/tfjs-core"), ...require("@tensorflow/tfjs-layers") };
require("@tensorflow/tfjs-backend-cpu");

const [folder, rows] = process.argv.slice(2);
const json = JSON.parse(readFileSync(`${folder}/model.json`, "utf8"));
const weights = json.weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(`${folder}/${path}`)));
const model = await tf.loadLayersModel({
  load: async () => ({
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
    weightData: Uint8Array.from(Buffer.concat(weights)).buffer,
  }),
});
const outputs = model.predict(tf.tensor2d(JSON.parse(rows)));
process.stdout.write(JSON.stringify({ backend: tf.getBackend(), outputs: outputs.arraySync() }));
