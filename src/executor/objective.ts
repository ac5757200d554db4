import { ParzenError } from "../errors.ts";
import { isObject } from "../space/object.ts";
import type { Objective, TestableObjective, TrialContext } from "../trial/context.ts";
import { invalid } from "../trial/option-check.ts";
import type { TrialTask } from "../trial/task.ts";
import { isExecutor } from "./executor.ts";
import { interpretResult, interpretTest, interpretThrow, noTest, type Result } from "./result.ts";

/** An objective over some space; which params it takes is known only where it was written. */
export type AnyObjective = Objective<never>;

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

/**
 * Calls what a task asks for: the objective itself, or its test.
 *
 * @returns what it returned, or a promise of it; judge it with `judge`
 * @throws what it threw
 */
export function call(objective: AnyObjective, task: TrialTask, given: [params: unknown, trial: TrialContext]): unknown {
  const [params, trial] = given;
  // The params were decoded with the space that the objective was written for.
  const typed = params as never;
  if (task.purpose === "test") return isTestable(objective) ? objective.test(typed, trial) : undefined;
  return typeof objective === "function" ? objective(typed, trial) : objective.evaluate(typed, trial);
}

/** What the value that `call` gave means. */
export function judge(objective: AnyObjective, task: TrialTask, returned: unknown): Result {
  if (task.purpose === "search") return interpretResult(returned);
  return isTestable(objective) ? interpretTest(returned) : noTest(task.objective);
}

/** Calls and judges, whatever the objective does. `onThrow` gets what was thrown, for the log. */
export async function settle(
  objective: AnyObjective,
  task: TrialTask,
  given: { readonly params: unknown; readonly trial: TrialContext; onThrow(thrown: unknown): void },
): Promise<Result> {
  try {
    return judge(objective, task, await call(objective, task, [given.params, given.trial]));
  } catch (thrown) {
    given.onThrow(thrown);
    return interpretThrow(thrown);
  }
}

function isTestable(objective: AnyObjective): objective is TestableObjective<never> {
  return typeof objective === "object" && typeof objective.test === "function";
}
