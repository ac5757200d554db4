import type { Optimizer, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel, layers } from "@tensorflow/tfjs-layers";
import { ParzenError } from "../../errors.ts";
import { invalid } from "../../trial/option-check.ts";
import { layersWithin, trainableVariables, wrappedBy } from "../model/model.ts";
import { learningRateOf, setLearningRate } from "./optimizer-state.ts";

/** Variables that learn at one rate, with an optimizer of their own. */
export interface ParameterGroup {
  readonly variables: readonly Variable[];
  readonly optimizer: Optimizer;
  /** The rate that schedules are factors of; null where the optimizer's own is never touched. */
  readonly rate: number | null;
}

/** A layer of a model, by what tells it from the others. */
export interface LayerPlace {
  readonly name: string;
  /** From 0, at the inputs. */
  readonly index: number;
  /** Layers in all. */
  readonly layers: number;
  /** Layers with weights before it. */
  readonly depth: number;
}

export interface GroupOptions {
  /** Factor of the learning rate of a layer; 0 freezes it. */
  readonly layerRate: ((layer: LayerPlace) => number) | null;
  readonly isScheduled: boolean;
  /** Builds a fresh optimizer. */
  optimizer(): Optimizer;
}

/**
 * What of a model learns, and how fast. Layers of one factor share an optimizer.
 *
 * @throws ParzenError OPTION_INVALID where a factor is none, or nothing learns
 */
export function parameterGroups(model: LayersModel, options: GroupOptions): readonly ParameterGroup[] {
  const { layerRate, isScheduled } = options;
  if (layerRate === null) return [groupOf(trainableVariables(model), options, isScheduled ? 1 : null)];
  const factors = new Map<number, Variable[]>();
  let depth = 0;
  for (const [index, layer] of model.layers.entries()) {
    const place = { name: layer.name, index, layers: model.layers.length, depth };
    const factor = checkFactor(`layerRate of layer "${layer.name}"`, layerRate(place));
    if (layer.weights.length > 0) depth++;
    if (factor === 0) freeze(layer);
    const variables = trainableVariables(layer);
    if (variables.length > 0) factors.set(factor, [...(factors.get(factor) ?? []), ...variables]);
  }
  if (factors.size > 0) return [...factors].map(([factor, variables]) => groupOf(variables, options, factor));
  throw new ParzenError("OPTION_INVALID", "layerRate: expected a layer that learns, received 0 for all that could");
}

/**
 * Keeps a layer as it is. A frozen batch normalization also uses its own statistics rather than those of each batch, as
 * in Keras; TensorFlow.js alone would let it follow the batches.
 */
function freeze(layer: layers.Layer): void {
  layer.trainable = false;
  for (const inner of layersWithin(layer) ?? wrappedBy(layer)) freeze(inner);
  if (layer.getClassName() !== "BatchNormalization") return;
  const call = layer.call.bind(layer);
  layer.call = (inputs, options) => call(inputs, { ...options, training: false });
}

/** @param factor of the optimizer's own rate; null leaves that alone */
function groupOf(variables: readonly Variable[], options: GroupOptions, factor: number | null): ParameterGroup {
  const optimizer = options.optimizer();
  if (factor === null) return { variables, optimizer, rate: null };
  const rate = factor * learningRateOf(optimizer);
  setLearningRate(optimizer, rate);
  return { variables, optimizer, rate };
}

/** Sets the rates of a step: each group's own, times the schedule's factor. */
export function scheduleRates(groups: readonly ParameterGroup[], factor: number): void {
  checkFactor("schedule", factor);
  for (const { optimizer, rate } of groups) if (rate !== null) setLearningRate(optimizer, rate * factor);
}

/** A gradient, by the name of its variable. */
export interface NamedGradient {
  readonly name: string;
  readonly tensor: Tensor;
}

/** Changes the variables by their gradients, which come in an order that stays. */
export function applyGradients(groups: readonly ParameterGroup[], gradients: readonly NamedGradient[]): void {
  for (const { optimizer, variables } of groups) {
    const names = new Set(variables.map(({ name }) => name));
    optimizer.applyGradients(gradients.filter(({ name }) => names.has(name)));
  }
}

function checkFactor(what: string, factor: unknown): number {
  if (typeof factor === "number" && factor >= 0 && factor < Number.POSITIVE_INFINITY) return factor;
  throw invalid(what, "a number from 0 on", factor);
}
