import type { Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel, layers, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { ParzenError, show } from "../../errors.ts";
import { invalid } from "../../trial/option-check.ts";
import type { TensorFlow } from "../tensorflow.ts";

/** Sizes of what goes into a model and what comes out. */
export interface ModelShape {
  /** Features of a row. */
  readonly inputs: number;
  /** Number of classes, or 1 for regression. */
  readonly outputs: number;
}

/** What a model function made. @throws ParzenError OPTION_INVALID for what is no model, a promise of one too */
export function modelFrom(made: unknown): LayersModel {
  if (typeof made === "object" && made !== null && "layers" in made && "inputs" in made) return made as LayersModel; // has them
  throw invalid("model", "a model such as tf.sequential() makes", made);
}

/**
 * Refuses a model that cannot take the data, or could not be read again once it is kept.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function checkModel(model: LayersModel, { inputs, outputs }: ModelShape): void {
  const ends = [model.inputs.length, model.outputs.length];
  if (ends.some((count) => count !== 1)) {
    const expected = "expected one input and one output";
    throw new ParzenError("OPTION_INVALID", `model: ${expected}, received ${ends.join(" and ")}`, {
      hint: "All features of a row go in together, and its classes or its target come out; layers within may take them apart.",
    });
  }
  checkShape("inputShape", model.inputs[0]?.shape, inputs);
  checkShape("output shape", model.outputs[0]?.shape, outputs);
  checkNames(model);
}

/** Files hold weights by these names, which the layers of a model within a model may share with others. */
function checkNames(model: LayersModel): void {
  const names = model.layers.flatMap(({ weights }) => weights.map(({ originalName }) => originalName));
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice === undefined) return;
  throw new ParzenError("OPTION_INVALID", `model: expected weights of different names, received two ${show(twice)}`, {
    hint: "Give the layers names of their own, those of models within the model too: else the kept model could not be read.",
  });
}

function checkShape(what: string, shape: readonly (number | null)[] | undefined, size: number): void {
  if (shape?.length === 2 && shape[1] === size) return;
  throw new ParzenError("OPTION_INVALID", `model: expected ${what} [${size}], received ${show(shape?.slice(1))}`, {
    hint: "Use the `inputs` and `outputs` that the model function receives; tf.layers.reshape gives rows another shape.",
  });
}

/** Layers whose rows are probabilities where those that go in are, and their classes stay side by side. */
const KEEP_PROBABILITIES = new Set([
  "Average",
  "GlobalAveragePooling1D",
  "GlobalAveragePooling2D",
  "Reshape",
  "Flatten",
]);

/** Whether the model gives probabilities; else its outputs are logits, or the target. */
export function endsInSoftmax({ outputs: [output] }: LayersModel): boolean {
  return output !== undefined && areProbabilities(output);
}

function areProbabilities({ sourceLayer: layer, inputs, shape }: SymbolicTensor): boolean {
  if (layersWithin(layer) !== null) return endsInSoftmax(layer as LayersModel); // it has layers
  if (!KEEP_PROBABILITIES.has(layer.getClassName())) {
    return layer.getClassName() === "Softmax" || layer.getConfig()["activation"] === "softmax";
  }
  return inputs.every((input) => input.shape.at(-1) === shape.at(-1) && areProbabilities(input));
}

/** The layers of a layer that is a model; null for any other. */
export function layersWithin(layer: layers.Layer): readonly layers.Layer[] | null {
  return "layers" in layer ? (layer as LayersModel).layers : null; // of all layers, only models have some
}

/** The layer that a wrapper, such as one over time, applies. */
export function wrappedBy(layer: layers.Layer): readonly layers.Layer[] {
  return "layer" in layer ? [layer.layer as layers.Layer] : []; // what wrappers call so is one
}

/** Runs the model forward, in training mode with dropout active or as it will be used. */
export function applyModel(model: LayersModel, inputs: Tensor, options: { readonly training: boolean }): Tensor2D {
  // A model with one output, which `checkModel` saw to, gives one tensor.
  return model.apply(inputs, options) as Tensor2D;
}

/** What an optimizer may change of a model or of a layer. */
export function trainableVariables(layer: layers.Layer): Variable[] {
  return layer.trainableWeights.map(variableOf);
}

type LayerWeight = layers.Layer["weights"][number];

/** The variable of a weight, whose `write` would also apply its constraint to what it is given. */
function variableOf(weight: LayerWeight): Variable {
  return weight.read() as Variable; // `read` gives the variable itself, typed as the tensor it is
}

/** Brings weights back into their constraints after a step, as Keras does; TensorFlow.js itself does not. In a tidy. */
export function constrainWeights(model: LayersModel): void {
  for (const weight of model.trainableWeights) {
    if (weight.constraint === null) continue;
    const variable = variableOf(weight);
    variable.assign(weight.constraint.apply(variable));
  }
}

/** A copy of all weights, outside the backend's memory. */
export function readWeights(model: LayersModel): Promise<readonly Weight[]> {
  return Promise.all(
    model.getWeights().map(async (weight) => ({ values: (await weight.data()).slice(), shape: weight.shape })),
  );
}

export interface Weight {
  readonly values: Awaited<ReturnType<Tensor["data"]>>;
  readonly shape: number[];
}

export function writeWeights(tf: TensorFlow, model: LayersModel, weights: readonly Weight[]): void {
  // Not by `setWeights`: it goes by layers, and in a model within a model that is another order than that of `getWeights`.
  tf.tidy(() => {
    for (const [index, { values, shape }] of weights.entries()) {
      const weight = model.weights[index];
      if (weight !== undefined) variableOf(weight).assign(tf.tensor(values, shape));
    }
  });
}
