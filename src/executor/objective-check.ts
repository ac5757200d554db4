import { ParzenError } from "../errors.ts";
import { isObject } from "../space/object.ts";
import { invalid } from "../trial/option-check.ts";
import { isExecutor } from "./executor.ts";

/** Whether a value may be called with params. An executor, which is called with tasks, is none. */
export function isObjective(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (!isObject(value) || isExecutor(value)) return false;
  const { evaluate, check = evaluate } = value;
  return [evaluate, check].every((each) => typeof each === "function");
}

/** The argument may come from a caller without types. @throws OPTION_INVALID */
export function checkObjective(objective: unknown): void {
  if (isObjective(objective)) return;
  if (!isObject(objective) || !isExecutor(objective)) throw invalid("objective", EXPECTED, objective);
  throw new ParzenError("OPTION_INVALID", `objective: expected ${EXPECTED}, received an executor`, {
    hint: "Run trials on an executor with study.drive(executor).",
  });
}

const EXPECTED = "a function, or { evaluate, test }";
