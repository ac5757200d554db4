import { describe, expect, it } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { patient } from "../../src/pruners/patient.ts";
import { median } from "../../src/pruners/percentile.ts";
import { PRUNER_NAMES, prunerFrom } from "../../src/pruners/registry.ts";
import { threshold } from "../../src/pruners/threshold.ts";

function errorOf(act: () => unknown): ParzenError {
  try {
    act();
  } catch (error) {
    if (error instanceof ParzenError) return error;
  }
  throw new Error("expected a ParzenError");
}

describe("prunerFrom", () => {
  it("makes a pruner equal to the one that was written down", () => {
    for (const name of PRUNER_NAMES) {
      const { judge, turned, check, ...written } = prunerFrom({
        name,
        ...(name === "threshold" && { options: { upper: 1 } }),
      });
      expect(prunerFrom(JSON.parse(JSON.stringify(written)))).toMatchObject(written);
      expect(judge({ number: 0, state: "running", reports: [{ step: 0, value: 1 }] }, [], {})).toBe("continue");
    }
  });

  it("makes a patient one with the pruner inside", () => {
    const written = { name: "patient", options: { patience: 5, pruner: { name: "median", options: { startup: 2 } } } };
    expect(prunerFrom(written).options).toEqual(patient(median({ startup: 2 }), { patience: 5 }).options);
    const byName = prunerFrom({ name: "patient", options: { patience: 5, pruner: "median" } });
    expect(byName.options).toEqual(patient(median(), { patience: 5 }).options);
  });

  const NAMES = PRUNER_NAMES.join(", ");
  it.each([
    [{ name: "medium" }, 'unknown pruner "medium" (did you mean "median"?)', `Pruners are ${NAMES}.`],
    [{ name: "toString" }, 'unknown pruner "toString"', `Pruners are ${NAMES}.`],
    [{ name: "none", options: { after: 3 } }, 'none: unknown option "after"', "none takes no options."],
    [
      { name: "median", options: { startups: 3 } },
      'median: unknown option "startups" (did you mean "startup"?)',
      "Its options are startup, warmup, interval, least.",
    ],
    [
      { name: "percentile", options: { percentile: 100 } },
      "percentile percentile: expected a number above 0 and below 100, received 100",
      undefined,
    ],
    [
      { name: "successiveHalving", options: { eta: 1 } },
      "successiveHalving eta: expected an integer from 2, or null, received 1",
      undefined,
    ],
    [
      { name: "successiveHalving", options: { min: 9, max: 9 } },
      "successiveHalving min: expected less than max, 9, received 9",
      undefined,
    ],
    [
      { name: "hyperband", options: { max: 1 } },
      "hyperband max: expected an integer from 2, or null, received 1",
      undefined,
    ],
    [{ name: "threshold" }, "threshold: expected a bound: lower, upper or both", undefined],
    [{ name: "threshold", options: { lower: 2, upper: 1 } }, "threshold: lower 2 is above upper 1", undefined],
    [
      { name: "patient", options: { pruner: 3 } },
      "patient pruner: expected a pruner, as a name or { name, options }, or null, received 3",
      undefined,
    ],
    [
      { name: "patient", options: { pruner: "mediam" } },
      'unknown pruner "mediam" (did you mean "median"?)',
      `Pruners are ${NAMES}.`,
    ],
  ])("refuses %j", (spec, message, hint) => {
    const error = errorOf(() => prunerFrom(spec));
    expect([error.code, error.message, error.hint]).toEqual(["OPTION_INVALID", message, hint]);
  });
});

describe("a pruner refuses what a caller without types may give", () => {
  it.each([
    ["median", () => median(null as never), "median: expected its options as an object, received null"],
    [
      "threshold",
      () => threshold(undefined as never),
      "threshold: expected its options as an object, received undefined",
    ],
    [
      "patient",
      () => patient("median" as never),
      'patient: expected a pruner such as median(), or null, received "median"',
    ],
    [
      "patient",
      () => patient({ patience: 3 } as never),
      'patient: expected a pruner such as median(), or null, received {"patience":3}',
    ],
  ])("%s", (_name, make, message) => {
    const error = errorOf(make);
    expect([error.code, error.message]).toEqual(["OPTION_INVALID", message]);
  });
});
