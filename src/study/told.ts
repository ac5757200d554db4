import { didYouMean, ParzenError } from "../errors.ts";
import { shorten } from "../executor/failure-message.ts";
import { interpretResult } from "../executor/result.ts";
import type { ObjectiveResult } from "../trial/context.ts";
import { invalid } from "../trial/option-check.ts";
import type { Outcome } from "../trial/outcome.ts";
import type { RunningTrial } from "../trial/trial.ts";

/** How an asked trial ended: what an objective would have returned, or why it gave nothing. */
export type Told =
  | ObjectiveResult
  | { readonly failed: string; readonly loss?: never }
  | { readonly pruned: true; readonly loss?: never };

/** The argument may come from a caller without types; what is no ending of a trial is what an objective returned. */
export function outcomeOf(trial: RunningTrial, told: Told): Outcome {
  checkTold(told);
  const { failed, pruned } = endingOf(told);
  if (failed !== undefined) {
    if (typeof failed !== "string") throw invalid("tell: failed", "a text that says why", failed);
    return { kind: "failed", reason: "error", message: shorten(failed) };
  }
  if (pruned === undefined) return interpretResult(told);
  if (pruned !== true) throw invalid("tell: pruned", "true", pruned);
  return { kind: "pruned", step: trial.reports.at(-1)?.step ?? 0 };
}

/** Each says by itself how a trial ended. */
const ENDINGS = ["loss", "failed", "pruned"];

/** An object that says nothing of how the trial ended is a slip of the caller's. @throws OPTION_INVALID */
function checkTold(told: unknown): void {
  if (typeof told !== "object" || told === null || ENDINGS.some((key) => key in told)) return;
  const keys = Array.isArray(told) ? [] : Object.keys(told);
  const stray = keys.find((key) => key !== "metrics" && key !== "attributes");
  const expected = "a loss, { loss, metrics?, attributes? }, { failed } or { pruned }";
  if (stray === undefined) throw invalid("tell", expected, told);
  const message = `tell: there is no key "${stray}"${didYouMean(stray, ENDINGS)}`;
  throw new ParzenError("OPTION_INVALID", message, { hint: `Expected ${expected}.` });
}

function endingOf(told: unknown): { readonly failed?: unknown; readonly pruned?: unknown } {
  return typeof told === "object" && told !== null ? told : {};
}
