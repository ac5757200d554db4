import { describe, expect, it } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { interpretResult, interpretTest, interpretThrow, messageOf } from "../../src/executor/result.ts";

const expected = "expected a finite number or { loss, metrics?, attributes? }";

describe("interpretResult", () => {
  it.each([
    [Number.NaN, `the objective returned NaN; ${expected}`],
    [Number.NEGATIVE_INFINITY, `the objective returned -Infinity; ${expected}`],
    ["0.5", `the objective returned "0.5"; ${expected}`],
    [null, `the objective returned null; ${expected}`],
    [[1], `the objective returned [1]; ${expected}`],
    [5n, `the objective returned 5; ${expected}`],
    [undefined, `the objective returned nothing; ${expected}. Is a "return" missing?`],
    [{ loss: Number.NaN }, `the objective returned {"loss":"NaN"}; ${expected}`],
    [{ accuracy: 1 }, `the objective returned {"accuracy":1}; ${expected}`],
    [{ loss: 1, metrics: 5 }, "the objective returned metrics 5; expected { name: number }"],
  ])("refuses %s", (returned, message) => {
    expect(interpretResult(returned)).toEqual({ kind: "failed", reason: "invalid", message });
  });

  it("keeps attributes that are JSON, as a copy", () => {
    const attributes = { layers: [64, 32], note: undefined };
    const outcome = interpretResult({ loss: 1, attributes });
    expect(outcome).toEqual({ kind: "complete", losses: [1], attributes: { layers: [64, 32] } });
  });

  it("does not lose a trial for its attributes", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    for (const attributes of [circular, { text: "x".repeat(70_000) }, [1], "text"]) {
      const outcome = interpretResult({ loss: 1, attributes });
      expect(outcome).toMatchObject({ kind: "complete", attributes: { droppedAttributes: expect.any(String) } });
    }
  });
});

describe("interpretTest", () => {
  it("takes figures, and nothing else", () => {
    expect(interpretTest({ metrics: { accuracy: 0.9 } })).toEqual({
      kind: "complete",
      losses: [0],
      metrics: { accuracy: 0.9 },
    });
    expect(interpretTest(0.9)).toMatchObject({ kind: "failed", reason: "invalid" });
  });
});

describe("what was thrown", () => {
  it.each([
    [new Error("boom"), "boom"],
    [new TypeError("x is not a function"), "TypeError: x is not a function"],
    [new ParzenError("DATA_INVALID", "row 3"), "row 3"],
    [new Error(""), "an error without a message"],
    ["text", 'threw "text"'],
    [undefined, "threw undefined"],
  ])("%s is said as %s", (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });

  it("is cut to its first lines", () => {
    const { message } = interpretThrow(new Error(`${"line\n".repeat(50)}${"x".repeat(5000)}`));
    expect(message).toBe("line\nline\nline\nline");
    expect(interpretThrow(new Error("x".repeat(5000))).message.length).toBe(1000);
  });
});
