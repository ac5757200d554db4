import { describe, expect, test } from "vitest";
import { f1Score, type MetricName } from "../../../src/training/index.ts";
import { meanScore, scoreOutputs } from "../../../src/training/loop/score.ts";
import { checkMetricsOf } from "../../../src/training/metrics/named.ts";
import { clouds, plane } from "../toy-data.ts";
import { toyParams, toyTraining } from "../toy-training.ts";
import { loneTrial } from "../trial-context.ts";

const preprocessing = { features: null, target: null, classNames: null };
const EVERY_CLASS_METRIC: readonly MetricName[] = [
  "accuracy",
  "crossEntropy",
  "top2Accuracy",
  "f1Macro",
  "f1Micro",
  "auc",
  "confusionMatrix",
];

describe("metrics by name", () => {
  test("of a score for classes: four rows, one of them wrong", () => {
    const dataset = { ...clouds(4), labels: Int32Array.of(0, 1, 2, 2) };
    const values = Float32Array.of(0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.2, 0.5, 0.3);
    const score = scoreOutputs(
      dataset,
      { values, areProbabilities: true },
      { preprocessing, metrics: EVERY_CLASS_METRIC },
    );
    expect(score.metrics).toEqual({
      accuracy: 0.75,
      crossEntropy: score.loss,
      top2Accuracy: 1,
      f1Macro: expect.closeTo((1 + 2 / 3 + 2 / 3) / 3, 12),
      f1Micro: 0.75,
      auc: 1,
    });
    expect(score.confusionMatrix).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
    ]);
    const { confusionMatrix } = meanScore([score, score]);
    expect(confusionMatrix).toEqual([
      [2, 0, 0],
      [0, 2, 0],
      [0, 2, 2],
    ]);
  });

  test("of a score for numbers: errors of 1 and -2", () => {
    const dataset = { ...plane(2), labels: Float32Array.of(10, 20) };
    const values = Float32Array.of(11, 18);
    const metrics: readonly MetricName[] = ["r2", "absoluteLoss", "squaredLoss"];
    const score = scoreOutputs(dataset, { values, areProbabilities: false }, { preprocessing, metrics });
    expect(score).toMatchObject({ loss: Math.sqrt(2.5), metrics: { mae: 1.5, mse: 2.5, rmse: Math.sqrt(2.5) } });
    expect(score.metrics).toMatchObject({ r2: expect.closeTo(0.9, 12), absoluteLoss: 3, squaredLoss: 5 });
  });

  test("stand beside a trial's loss and in its test, the matrix among the attributes", async () => {
    const trial = loneTrial();
    const objective = toyTraining({ metrics: ["f1Macro", "top2Accuracy", "confusionMatrix"] });
    const result = await objective.evaluate(toyParams, trial);
    expect(result).toMatchObject({
      metrics: { accuracy: expect.any(Number), f1Macro: expect.any(Number), top2Accuracy: expect.any(Number) },
      attributes: { backend: "wasm", confusionMatrix: [expect.any(Array), expect.any(Array), expect.any(Array)] },
    });
    const { metrics } = await objective.test(toyParams, trial);
    expect(Object.keys(metrics).sort()).toEqual(["accuracy", "crossEntropy", "f1Macro", "loss", "top2Accuracy"]);
  });

  test("f1 is that of the second of two classes", () => {
    const dataset = { ...clouds(3), labels: Int32Array.of(0, 1, 1), classNames: ["no", "yes"] };
    const values = Float32Array.of(1, 0, 1, 0, 0, 1);
    const { metrics } = scoreOutputs(dataset, { values, areProbabilities: true }, { preprocessing, metrics: ["f1"] });
    expect(metrics["f1"]).toBe(f1Score([0, 0, 1], [0, 1, 1], { classes: 2, average: "binary" }));
    expect(() => checkMetricsOf(["f1"], clouds())).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: 'metrics: "f1" needs two classes, the data has 3' }),
    );
  });
});

test.each([
  ["acuracy", /received "acuracy" \(did you mean "accuracy"\?\)/],
  ["r2", /expected figures of a classification \(accuracy, .*, confusionMatrix, top5Accuracy \.\.\.\), received "r2"/],
  ["top0Accuracy", /received "top0Accuracy"/],
])("a metric that the task does not have is refused: %s", (name, message) => {
  // A name that the types would refuse.
  expect(() => toyTraining({ metrics: [name as MetricName] })).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringMatching(message) }),
  );
});
