import type { Optimizer, Variable } from "@tensorflow/tfjs-core";
import { invalid } from "../../trial/option-check.ts";
import type { Weight } from "../model/model.ts";
import type { TensorFlow } from "../tensorflow.ts";

/**
 * What an optimizer has gathered, by the name of its field: variables, lists of them, its count of steps. Its own
 * `getWeights` does not do: two optimizers have none, and that of Adam leaves out its powers of beta, which `setWeights`
 * computes anew and not to the last bit.
 */
export interface OptimizerState {
  readonly [field: string]: number | Weight | readonly Weight[];
}

/** How optimizers keep one accumulator for each variable that they change. */
interface Slot {
  readonly originalName: string;
  readonly variable: Variable;
}

/** What an optimizer function made. @throws ParzenError OPTION_INVALID for what is no optimizer */
export function optimizerFrom(made: unknown): Optimizer {
  if (typeof made === "object" && made !== null && "applyGradients" in made) return made as Optimizer; // it applies them
  throw invalid("optimizer", "an optimizer such as tf.train.adam(1e-3)", made);
}

/** What it is called by TensorFlow.js, such as `Adam`; the class of one of another library. */
export function optimizerKind(optimizer: Optimizer): string {
  return typeof optimizer.getClassName === "function" ? optimizer.getClassName() : optimizer.constructor.name;
}

export async function readOptimizer(tf: TensorFlow, optimizer: Optimizer): Promise<OptimizerState> {
  const state: { [field: string]: OptimizerState[string] } = {};
  for (const [field, value] of Object.entries(optimizer)) {
    if (field === "iterations_" && typeof value === "number") state[field] = value;
    if (value instanceof tf.Variable) state[field] = await weightOf(value);
    if (isSlots(tf, value)) state[field] = await Promise.all(value.map(({ variable }) => weightOf(variable)));
  }
  return state;
}

/** Gives a fresh optimizer of the same kind the state of another. */
export function writeOptimizer(tf: TensorFlow, optimizer: Optimizer, state: OptimizerState): void {
  const fields = fieldsOf(optimizer);
  for (const [field, saved] of Object.entries(state)) {
    const present = fields[field];
    if (present instanceof tf.Variable && !isList(saved) && typeof saved === "object") {
      tf.tidy(() => present.assign(tf.tensor(saved.values, saved.shape)));
    } else {
      fields[field] = isList(saved) ? saved.map((weight) => slotOf(tf, field, weight)) : saved;
    }
  }
}

/** Frees all of an optimizer's tensors: `dispose` of the momentum optimizer forgets its learning rate. */
export function disposeOptimizer(tf: TensorFlow, optimizer: Optimizer): void {
  optimizer.dispose();
  for (const value of Object.values(optimizer)) {
    if (value instanceof tf.Tensor && !value.isDisposed) value.dispose();
  }
}

/** @throws ParzenError OPTION_INVALID where an optimizer has no rate that could be changed */
export function learningRateOf(optimizer: Optimizer): number {
  const rate = fieldsOf(optimizer)["learningRate"];
  if (typeof rate === "number") return rate;
  throw invalid("optimizer", "a numeric learningRate for schedules and rates of layers", rate);
}

export function setLearningRate(optimizer: Optimizer, rate: number): void {
  const fields = fieldsOf(optimizer);
  // SGD and momentum keep a tensor of it, which only their setter renews.
  const setter = fields["setLearningRate"];
  if (typeof setter === "function") setter.call(optimizer, rate);
  else fields["learningRate"] = rate;
}

/** The fields of an optimizer, which TypeScript takes for protected or private; in JavaScript they are plain ones. */
function fieldsOf(optimizer: Optimizer): { [field: string]: unknown } {
  return optimizer as unknown as { [field: string]: unknown };
}

async function weightOf(variable: Variable): Promise<Weight> {
  return { values: (await variable.data()).slice(), shape: variable.shape };
}

function slotOf(tf: TensorFlow, field: string, { values, shape }: Weight): Slot {
  return { originalName: field, variable: tf.tidy(() => tf.variable(tf.tensor(values, shape), false)) };
}

function isSlots(tf: TensorFlow, value: unknown): value is readonly Slot[] {
  return Array.isArray(value) && value.every((slot) => slot?.variable instanceof tf.Variable);
}

function isList(value: OptimizerState[string]): value is readonly Weight[] {
  return Array.isArray(value);
}
