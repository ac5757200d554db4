import type { Optimizer, Variable } from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import {
  disposeOptimizer,
  learningRateOf,
  type OptimizerState,
  readOptimizer,
  setLearningRate,
  writeOptimizer,
} from "../../../src/training/learner/optimizer-state.ts";
import { pack, unpack } from "../../../src/training/loop/packed.ts";

const OPTIMIZERS: { readonly [name: string]: (tf: TensorFlow) => Optimizer } = {
  sgd: (tf) => tf.train.sgd(0.1),
  momentum: (tf) => tf.train.momentum(0.05, 0.9),
  nesterov: (tf) => tf.train.momentum(0.05, 0.9, true),
  adam: (tf) => tf.train.adam(0.03),
  adamax: (tf) => tf.train.adamax(0.03, 0.9, 0.99, 1e-7, 0.01),
  rmsprop: (tf) => tf.train.rmsprop(0.01, 0.9, 0.5),
  "centred rmsprop": (tf) => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
  adagrad: (tf) => tf.train.adagrad(0.1),
  adadelta: (tf) => tf.train.adadelta(0.5, 0.9),
};

/** Makes so many steps on a bent valley in two variables. */
function step(tf: TensorFlow, optimizer: Optimizer, [x, y]: readonly [Variable, Variable], steps: number): void {
  for (let at = 0; at < steps; at++) {
    optimizer.minimize(
      () => tf.tidy(() => tf.add(tf.sum(tf.square(tf.sub(tf.square(x), y))), tf.sum(tf.square(tf.sub(x, 1))))),
      false,
      [x, y],
    );
  }
}

const variables = (tf: TensorFlow, values: readonly number[] = [0.3, -0.7, 2, -1]): [Variable, Variable] => [
  tf.variable(tf.tensor1d(values.slice(0, 2))),
  tf.variable(tf.tensor1d(values.slice(2))),
];

const valuesOf = (both: readonly Variable[]) => both.flatMap((variable) => [...variable.dataSync()]);

describe.each(["wasm", "cpu"] as const)("on %s", (backend) => {
  it.each(Object.keys(OPTIMIZERS))("%s goes on with the same bits from its packed state", async (name) => {
    const { tf } = await loadBackend({ prefer: backend });
    const before = tf.memory().numTensors;
    const make = OPTIMIZERS[name]!;
    tf.engine().startScope();
    const [whole, first, second] = [make(tf), make(tf), make(tf)];
    const straight = variables(tf);
    step(tf, whole, straight, 9);
    const broken = variables(tf);
    step(tf, first, broken, 5);
    const resumed = variables(tf, valuesOf(broken));
    // What `readOptimizer` wrote.
    const state = unpack(pack(await readOptimizer(tf, first))) as OptimizerState;
    writeOptimizer(tf, second, state);
    step(tf, second, resumed, 4);
    expect(valuesOf(resumed)).toEqual(valuesOf(straight));
    expect(await readOptimizer(tf, second)).toEqual(await readOptimizer(tf, whole));
    for (const optimizer of [whole, first, second]) disposeOptimizer(tf, optimizer);
    for (const variable of [...straight, ...broken, ...resumed]) variable.dispose();
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("the learning rate", () => {
  it.each(Object.keys(OPTIMIZERS))("of %s is what its steps follow", async (name) => {
    const { tf } = await loadBackend({ prefer: "cpu" });
    const make = OPTIMIZERS[name]!;
    const moved = (factor: number): number => {
      const optimizer = make(tf);
      setLearningRate(optimizer, learningRateOf(optimizer) * factor);
      const both = variables(tf);
      step(tf, optimizer, both, 1);
      const [x = 0] = valuesOf(both);
      disposeOptimizer(tf, optimizer);
      for (const variable of both) variable.dispose();
      return x - 0.3;
    };
    expect(moved(0.5) / moved(1)).toBeCloseTo(0.5, 3);
    expect(moved(0)).toBeCloseTo(0, 7);
  });

  it("is refused where there is none", () => {
    const odd = {} as Optimizer;
    expect(() => learningRateOf(odd)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
  });
});

afterAll(async () => {
  await loadBackend({ prefer: "wasm" });
});
