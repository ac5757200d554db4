import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  accuracy,
  confusionMatrix,
  f1Score,
  mostLikelyClasses,
  r2Score,
  rocAuc,
  rocAucOneVsRest,
  rootMeanSquaredError,
  topKAccuracy,
} from "../../../src/training/index.ts";

/** Small whole numbers, so that many scores tie. */
const scored = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc
    .array(
      fc.record({
        label: fc.integer({ min: 0, max: classes - 1 }),
        scores: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: classes, maxLength: classes }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) => ({
      classes,
      labels: rows.map(({ label }) => label),
      scores: rows.flatMap(({ scores }) => scores),
    })),
);
const binary = fc.array(fc.record({ score: fc.integer({ min: -5, max: 5 }), label: fc.integer({ min: 0, max: 1 }) }), {
  minLength: 2,
  maxLength: 60,
});
const pairs = fc.array(
  fc.record({ target: fc.integer({ min: -99, max: 99 }), predicted: fc.integer({ min: -99, max: 99 }) }),
  {
    minLength: 2,
    maxLength: 40,
  },
);

describe("of classes", () => {
  test("every figure lies in [0, 1], or is NaN where a class has no rows", () => {
    fc.assert(
      fc.property(scored, ({ classes, labels, scores }) => {
        const predicted = mostLikelyClasses(scores, classes);
        const figures = [
          accuracy(predicted, labels),
          topKAccuracy(scores, labels, 2),
          ...(["binary", "macro", "micro"] as const).map((average) => f1Score(predicted, labels, { classes, average })),
        ];
        for (const figure of figures) expect(figure).toSatisfy((value: number) => value >= 0 && value <= 1);
        const auc = rocAucOneVsRest(scores, labels);
        const isWhole = new Set(labels).size === classes;
        expect(isWhole ? auc >= 0 && auc <= 1 : Number.isNaN(auc)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test("top-k accuracy rises with k, from the accuracy to 1", () => {
    fc.assert(
      fc.property(scored, ({ classes, labels, scores }) => {
        const by = Array.from({ length: classes }, (_, at) => topKAccuracy(scores, labels, at + 1));
        expect(by[0]).toBe(accuracy(mostLikelyClasses(scores, classes), labels));
        expect(by).toEqual(by.toSorted((a, b) => a - b));
        expect(by.at(-1)).toBe(1);
      }),
      { seed: 2 },
    );
  });

  test("a confusion matrix counts every row once, the right ones on its diagonal", () => {
    fc.assert(
      fc.property(scored, ({ classes, labels, scores }) => {
        const predicted = mostLikelyClasses(scores, classes);
        const counts = confusionMatrix(predicted, labels, classes);
        const right = counts.filter((_, cell) => cell % (classes + 1) === 0);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(labels.length);
        expect(right.reduce((sum, count) => sum + count, 0) / labels.length).toBe(accuracy(predicted, labels));
      }),
      { seed: 3 },
    );
  });

  test("the area under the ROC curve is the share of pairs in the right order", () => {
    fc.assert(
      fc.property(binary, (rows) => {
        const ones = rows.filter(({ label }) => label === 1);
        const zeros = rows.filter(({ label }) => label === 0);
        const wins = ones.flatMap((one) => zeros.map((zero) => (Math.sign(one.score - zero.score) + 1) / 2));
        const area = rocAuc(
          rows.map(({ score }) => score),
          rows.map(({ label }) => label),
        );
        if (wins.length === 0) expect(area).toBeNaN();
        else expect(area).toBeCloseTo(wins.reduce((sum, win) => sum + win, 0) / wins.length, 12);
      }),
      { seed: 4 },
    );
  });

  test("the area stays under any rising function of the scores, and turns over with the labels", () => {
    fc.assert(
      fc.property(binary, (rows) => {
        const scores = rows.map(({ score }) => score);
        const labels = rows.map(({ label }) => label);
        const area = rocAuc(scores, labels);
        expect(rocAuc(scores.map(Math.exp), labels)).toBe(area);
        if (new Set(labels).size < 2) return;
        expect(
          rocAuc(
            scores,
            labels.map((label) => 1 - label),
          ),
        ).toBeCloseTo(1 - area, 12);
      }),
      { seed: 5 },
    );
  });
});

describe("of numbers", () => {
  test("R² is at most 1, 0 for the mean itself, and the same in another unit", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const targets = rows.map(({ target }) => target);
        const predicted = rows.map((row) => row.predicted);
        const r2 = r2Score(predicted, targets);
        expect(r2).toBeLessThanOrEqual(1);
        const inUnit = (value: number) => value * 4 + 8;
        expect(r2Score(predicted.map(inUnit), targets.map(inUnit))).toBeCloseTo(r2, 9);
        if (new Set(targets).size === 1) return;
        const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
        expect(r2Score(new Array(targets.length).fill(mean), targets)).toBeCloseTo(0, 9);
      }),
      { seed: 6 },
    );
  });

  test("the root mean squared error grows with the unit and not with an offset", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const targets = rows.map(({ target }) => target);
        const predicted = rows.map((row) => row.predicted);
        const error = rootMeanSquaredError(predicted, targets);
        const inUnit = (value: number) => value * 4 + 8;
        expect(rootMeanSquaredError(predicted.map(inUnit), targets.map(inUnit))).toBe(error * 4);
      }),
      { seed: 7 },
    );
  });
});
