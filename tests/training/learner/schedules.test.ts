import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { composeSchedules, cosineDecay, stepDecay, warmUp } from "../../../src/training/index.ts";

const epochs = 10;

describe("schedules", () => {
  it("stepDecay falls after every so many epochs", () => {
    const schedule = stepDecay({ every: 3, factor: 0.5 });
    expect([0.1, 2.9, 3.1, 6.5].map((epoch) => schedule({ epoch, epochs }))).toEqual([1, 1, 0.5, 0.25]);
    expect(stepDecay({ every: 3 })({ epoch: 4, epochs })).toBe(0.1);
  });

  it("cosineDecay falls along half a cosine, to its floor", () => {
    const schedule = cosineDecay({ floor: 0.2, after: 2 });
    expect(schedule({ epoch: 1, epochs })).toBe(1);
    expect(schedule({ epoch: 4, epochs })).toBeCloseTo(0.2 + 0.8 * 0.5 * (1 + Math.SQRT1_2), 12);
    expect(schedule({ epoch: 6, epochs })).toBeCloseTo(0.6, 12);
    expect(schedule({ epoch: 10, epochs })).toBeCloseTo(0.2, 12);
    expect(cosineDecay()({ epoch: 5, epochs })).toBeCloseTo(0.5, 12);
    expect(cosineDecay({ after: 20 })({ epoch: 9, epochs })).toBe(1);
  });

  it("warmUp rises in a straight line and stays", () => {
    const schedule = warmUp({ epochs: 4 });
    expect([0.5, 1, 4, 9].map((epoch) => schedule({ epoch, epochs }))).toEqual([0.125, 0.25, 1, 1]);
    expect(warmUp({ epochs: 0 })({ epoch: 0.1, epochs })).toBe(1);
  });

  it("composed ones multiply, and stay within [0, 1]", () => {
    const [up, down] = [warmUp({ epochs: 2 }), cosineDecay({ after: 2 })];
    const both = composeSchedules(up, down);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: epochs, noNaN: true }), (epoch) => {
        const at = { epoch, epochs };
        expect(both(at)).toBe(up(at) * down(at));
        expect(both(at)).toBeGreaterThanOrEqual(0);
        expect(both(at)).toBeLessThanOrEqual(1);
      }),
    );
    expect(composeSchedules()({ epoch: 1, epochs })).toBe(1);
  });

  it.each([
    [() => stepDecay({ every: 0 }), "stepDecay: every: expected a number above 0, received 0"],
    [() => stepDecay({ every: 1, factor: 2 }), "stepDecay: factor: expected a number in (0, 1], received 2"],
    [() => cosineDecay({ floor: -1 }), "cosineDecay: floor: expected a number in [0, 1], received -1"],
    [() => cosineDecay({ after: Number.NaN }), "cosineDecay: after: expected a number of epochs, received NaN"],
    [() => warmUp({ epochs: -1 }), "warmUp: epochs: expected a number of epochs, received -1"],
  ])("refuse what makes no schedule: %#", (build, message) => {
    expect(build).toThrow(expect.objectContaining({ code: "OPTION_INVALID", message }));
  });
});
