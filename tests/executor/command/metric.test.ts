import { describe, expect, it } from "vitest";
import { figuresOf, findMetric } from "../../../src/executor/command/metric.ts";

const lossOf = (text: string, metric = "loss"): number | undefined => findMetric(text, metric)?.value;

describe("findMetric", () => {
  it("takes the last line of JSON that holds it, and the other numbers beside it", () => {
    const text =
      'loss=9\n{"loss": 0.5, "epoch": 1}\n{"loss": 0.25, "epoch": 2, "name": "x", "ok": true}\n{"other": 1}\ndone\n';
    expect(findMetric(text, "loss")).toEqual({ value: 0.25, others: { epoch: 2 } });
  });

  it.each([
    ["loss=0.5", 0.5],
    ["loss: 0.5", 0.5],
    ["epoch 3 | loss = 1e-3, acc = 0.9", 1e-3],
    ["loss=1\nloss=2 loss=3\nbye", 3],
    ['"loss": -.5', -0.5],
    ["LOSS=4.", 4],
    ["final loss: 0.1234.", 0.1234],
    ["loss: 3. Done", 3],
    ["still training, loss=0.5...", 0.5],
    ["loss=0.5,acc=0.9", 0.5],
    ["loss: 0.5, 3 epochs", 0.5],
    ["loss: nan.", Number.NaN],
    ["loss=nan", Number.NaN],
    ["loss=-inf", Number.NEGATIVE_INFINITY],
    ["val_loss=1\ntrain-loss=2\nx.loss=3", undefined],
    ["loss=abc", undefined],
    ["loss=0.5.1", undefined],
    ["loss: 12,345.6", undefined],
    ["loss=0,5", undefined],
    ["loss=2.pt", undefined],
    ["no metric", undefined],
    ['{"loss": "0.5"}', undefined],
    ["[1, 2]", undefined],
  ])("reads %j as %j", (text, value) => {
    expect(lossOf(text)).toBe(value);
  });

  it.each([
    ['{"loss": NaN}', Number.NaN],
    ['{"loss": null}', Number.NaN],
    ['{"loss": Infinity, "note": "NaN and \\"Infinity\\""}', Number.POSITIVE_INFINITY],
    ['{"loss": -Infinity}', Number.NEGATIVE_INFINITY],
  ])("reads what Python and JavaScript make of odd numbers: %s", (text, value) => {
    expect(lossOf(text)).toBe(value);
  });

  it.each([
    ["digits that are no number", `loss=${"1".repeat(300_000)}x`],
    ["digits of an exponent that are no number", `loss=1e${"1".repeat(300_000)}x`],
    ["digits behind a dot that are no number", `loss=1.${"1".repeat(300_000)}x`],
    ["quotes that end no text", `{"${'\\"'.repeat(300_000)}}`],
  ])("reads a line of very many %s, once", (_, line) => {
    expect(lossOf(line)).toBeUndefined();
  });

  it("takes names with characters that mean something in a pattern", () => {
    expect(lossOf("f1(macro)=0.5", "f1(macro)")).toBe(0.5);
    expect(lossOf("aXb=1", "a.b")).toBeUndefined();
  });

  it("keeps strings that only look like odd numbers", () => {
    expect(figuresOf('{"loss": 1, "a": "NaN", "b": NaN, "c": null}', "loss")).toEqual({
      value: 1,
      others: { b: Number.NaN },
    });
  });
});
