import { accessSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { isParzenError, ParzenError, thrownMessage } from "../../errors.ts";
import { pathOf } from "../datasets/source-file.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { loadLayers } from "./layers-format.ts";

/**
 * Reads a model in TensorFlow.js layers format from its `model.json` and the files of weights that it names beside it.
 *
 * @throws ParzenError DATA_INVALID where a file is missing, cut short or of another format
 */
export async function readModel(tf: TensorFlow, file: string | URL): Promise<LayersModel> {
  const path = pathOf(file);
  const json = topologyOf(path);
  const readShard = (name: string): Buffer => read(path, join(dirname(path), name));
  try {
    return await loadLayers(tf, json, async (names) => new Uint8Array(Buffer.concat(names.map(readShard))));
  } catch (error) {
    if (isParzenError(error)) throw error;
    throw invalid(path, `its weights do not fit: ${thrownMessage(error)}`);
  }
}

/**
 * The `model.json` of a model in TensorFlow.js layers format and the files of weights that it names: what belongs into
 * the `data` of a sweep that builds upon it.
 *
 * @throws ParzenError DATA_INVALID where one cannot be read, or the model is of another format
 */
export function modelFiles(file: string | URL): readonly string[] {
  const path = pathOf(file);
  const { weightsManifest } = topologyOf(path);
  const weights = weightsManifest.flatMap(({ paths }) => paths.map((name) => join(dirname(path), name)));
  for (const each of weights) orInvalid(path, each, () => accessSync(each));
  return [path, ...weights];
}

function read(model: string, path: string): Buffer {
  return orInvalid(model, path, () => readFileSync(path));
}

function orInvalid<T>(model: string, path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw invalid(model, `${path} cannot be read`, error);
  }
}

function topologyOf(path: string): io.ModelJSON {
  const text = read(path, path).toString("utf8");
  let json: Partial<io.ModelJSON> | null;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(path, "it is no JSON");
  }
  const { format, modelTopology, weightsManifest } = json ?? {};
  if (format !== undefined && format !== "layers-model") throw invalid(path, `its format is ${JSON.stringify(format)}`);
  if (modelTopology === undefined || !Array.isArray(weightsManifest)) {
    throw invalid(path, "it has no modelTopology or no weightsManifest");
  }
  return { ...json, modelTopology, weightsManifest };
}

function invalid(path: string, why: string, cause?: unknown): ParzenError {
  return new ParzenError("DATA_INVALID", `${path}: expected a model in TensorFlow.js layers format, but ${why}`, {
    hint: "`model.save` of TensorFlow.js and every trial's artifacts write this format: model.json with its weights beside it.",
    cause,
  });
}

/** Says that a model function asked for what the training does not name. */
export function missingPretrained(): never {
  throw new ParzenError("OPTION_INVALID", "model: there is no pretrained model", {
    hint: "Give the training `pretrained`, the path of a model.json.",
  });
}
