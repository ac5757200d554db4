import type { Scalar, Variable } from "@tensorflow/tfjs-core";
import { ParzenError } from "../../errors.ts";
import type { Rng } from "../../random/stream.ts";
import { takeEngine } from "../backends/engine-of.ts";
import type { Examples } from "../data/preprocessing.ts";
import { scale } from "../data/scaling.ts";
import { applyModel, constrainWeights } from "../model/model.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { type Clipping, clipGradients } from "./clipping.ts";
import type { Learner } from "./learner.ts";
import { applyGradients } from "./parameter-groups.ts";

/** The examples of one step, varied where the training augments. */
export function takeBatch(learner: Learner, rows: Int32Array, rng: Rng): Examples {
  const { examples, augment, preprocessing } = learner;
  const inputs = gather(examples.inputs, examples.rows, rows);
  const targets = gather(examples.targets, examples.rows, rows);
  if (augment === null) return { rows: rows.length, inputs, targets };
  const varied = augment({ inputs, shape: learner.rowShape, rng });
  if (!(varied instanceof Float32Array) || varied.length !== inputs.length) {
    const received = varied instanceof Float32Array ? `${varied.length}` : "something else";
    const expected = `a Float32Array of ${inputs.length} values`;
    throw new ParzenError("OPTION_INVALID", `augment: expected ${expected}, received ${received}`);
  }
  const { features } = preprocessing;
  return { rows: rows.length, inputs: features === null ? varied : scale(varied, features), targets };
}

/** Makes one step. @returns what it minimized, for the caller to dispose */
export function trainBatch(
  tf: TensorFlow,
  { model, loss, groups }: Learner,
  { examples, clipping }: { readonly examples: Examples; readonly clipping: Clipping },
): Scalar {
  takeEngine(tf);
  return tf.tidy(() => {
    const inputs = asRows(tf, examples.inputs, examples.rows);
    const targets = asRows(tf, examples.targets, examples.rows);
    const total = () => {
      const batch = loss(applyModel(model, inputs, { training: true }), targets);
      return model.calculateLosses().reduce((sum, regularization) => tf.add(sum, regularization), batch);
    };
    const variables = groups.flatMap((group) => group.variables);
    const { value, grads } = gradientsOf(tf, total, variables);
    const names = Object.keys(grads);
    const clipped = clipGradients(tf, Object.values(grads), clipping);
    applyGradients(
      groups,
      clipped.map((tensor, at) => ({ name: names[at] ?? "", tensor })),
    );
    constrainWeights(model);
    return value;
  });
}

/** Where it throws, the engine would keep what it saved for the way back: it frees that at the end alone. */
function gradientsOf(tf: TensorFlow, total: () => Scalar, variables: Variable[]) {
  try {
    return tf.variableGrads(total, variables);
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
    throw error;
  }
}

/** @param values row-major, `count` rows */
function gather(values: Float32Array, count: number, rows: Int32Array): Float32Array {
  const columns = values.length / count;
  const picked = new Float32Array(rows.length * columns);
  for (const [at, row] of rows.entries()) picked.set(values.subarray(row * columns, (row + 1) * columns), at * columns);
  return picked;
}

function asRows(tf: TensorFlow, values: Float32Array, rows: number) {
  return tf.tensor2d(values, [rows, values.length / rows]);
}
