import { describe, expect, it } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { PRUNER_NAMES, prunerFrom } from "../../src/pruners/registry.ts";

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
      const { judge, ...written } = prunerFrom({ name });
      expect(prunerFrom(JSON.parse(JSON.stringify(written)))).toEqual({ ...written, judge: expect.any(Function) });
      expect(judge({ number: 0, state: "running", reports: [{ step: 0, value: 1 }] }, [])).toBe("continue");
    }
  });

  it.each([
    [{ name: "nome" }, 'unknown pruner "nome" (did you mean "none"?)', "Pruners are none."],
    [{ name: "toString" }, 'unknown pruner "toString"', "Pruners are none."],
    [{ name: "none", options: { after: 3 } }, 'none: unknown option "after"', "none takes no options."],
  ])("refuses %j", (spec, message, hint) => {
    const error = errorOf(() => prunerFrom(spec));
    expect([error.code, error.message, error.hint]).toEqual(["OPTION_INVALID", message, hint]);
  });
});
