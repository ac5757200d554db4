import { expect, test } from "vitest";
import { fmin, random, type TestableObjective } from "../../src/index.ts";
import { accuracy, loadBackend, mostLikelyClasses, sealedTestSplit, splitForSearch } from "../../src/training/index.ts";
import { clouds } from "./toy-data.ts";
import { toySpace, toyTraining } from "./toy-training.ts";

test("fmin searches over a training, two trials at once as if one by one", async () => {
  const losses = async (parallelism: number) => {
    const { trials } = await fmin(toyTraining(), toySpace, { maxTrials: 4, seed: 3, sampler: random(), parallelism });
    return trials.map((trial) => (trial.state === "complete" ? trial.loss : trial.state));
  };
  const together = await losses(2);
  expect(together).toEqual(await losses(1));
  expect(together.every((loss) => typeof loss === "number")).toBe(true);
});

test("an objective with a loop of its own", async () => {
  const dataset = clouds();
  const objective: TestableObjective<{ readonly learningRate: number; readonly units: number }> = {
    async evaluate(params, trial) {
      const { tf } = await loadBackend({ prefer: "wasm" });
      const { train, validation } = splitForSearch(dataset, { seed: trial.studySeed });
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: params.units, inputShape: [2], activation: "relu" }));
      model.add(tf.layers.dense({ units: 3, activation: "softmax" }));
      model.compile({ optimizer: tf.train.adam(0.05), loss: "sparseCategoricalCrossentropy" });
      const inputs = tf.tensor2d(train.features, [train.rows, 2]);
      await model.fit(inputs, tf.tensor1d(Float32Array.from(train.labels)), { epochs: 10, verbose: 0 });
      const outputs = model.predict(tf.tensor2d(validation.features, [validation.rows, 2]));
      const scores = await (Array.isArray(outputs) ? outputs[0]! : outputs).data();
      return { loss: 1 - accuracy(mostLikelyClasses(scores, 3), validation.labels) };
    },
    test: (_params, trial) => ({ metrics: { rows: sealedTestSplit(dataset, { seed: trial.studySeed }).rows } }),
  };
  const { best } = await fmin(objective, toySpace, { maxTrials: 2, seed: 1 });
  expect(best?.loss).toBeLessThan(0.5);
});
