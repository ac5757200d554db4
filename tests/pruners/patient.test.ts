import { describe, expect, it } from "vitest";
import { none } from "../../src/pruners/none.ts";
import { type PatientOptions, patient } from "../../src/pruners/patient.ts";

const verdictOn = (values: readonly number[], options: PatientOptions): string =>
  patient(null, options).judge(
    { number: 0, state: "running", reports: values.map((value, step) => ({ step, value })) },
    [],
    {},
  );

describe("patient", () => {
  it("waits for one more report than its patience, all of them worse than the best before", () => {
    expect(verdictOn([2, 1, 1.1, 1.2], { patience: 2 })).toBe("continue");
    expect(verdictOn([2, 1, 1.1, 1.2, 1.3], { patience: 2 })).toBe("prune");
    expect(verdictOn([2, 1, 1.1, 0.9, 1.3], { patience: 2 })).toBe("continue");
  });

  it("judges nothing while there are fewer reports than it waits for", () => {
    for (const values of [[1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]) {
      expect(verdictOn(values, { patience: 3 })).toBe("continue");
    }
    expect(verdictOn([1, 2, 3, 4, 5], { patience: 3 })).toBe("prune");
  });

  it("asks the same pruner in a maximizing study, and is written down with it", () => {
    const stuck = { number: 0, state: "running", reports: [1, 2].map((value, step) => ({ step, value })) } as const;
    const asking = patient(none(), { patience: 0 });
    expect(asking.turned?.().judge(stuck, [], {})).toBe("continue");
    expect(asking.options).toEqual({ patience: 0, minDelta: 0, pruner: { name: "none", options: {} } });
  });

  it("lets a trial stand still", () => {
    expect(verdictOn(Array(50).fill(1), { patience: 3 })).toBe("continue");
  });

  it("takes what is worse by minDelta at most for no worse", () => {
    expect(verdictOn([1, 1.4, 1.5, 1.5], { patience: 2, minDelta: 0.5 })).toBe("continue");
    expect(verdictOn([1, 1.6, 1.6, 1.6], { patience: 2, minDelta: 0.5 })).toBe("prune");
  });

  it("leaves NaN out, and judges nothing without a number before or after", () => {
    expect(verdictOn([1, Number.NaN, 2, Number.NaN, 3], { patience: 2 })).toBe("prune");
    expect(verdictOn([1, Number.NaN, Number.NaN], { patience: 1 })).toBe("continue");
    expect(verdictOn([Number.NaN, 1, 2], { patience: 1 })).toBe("continue");
  });

  it("takes as many reports as a trial may have", () => {
    const values = Array.from({ length: 300_000 }, (_, step) => step);
    expect(verdictOn(values, { patience: 200_000 })).toBe("prune");
  });
});
