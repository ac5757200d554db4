import { didYouMean, ParzenError } from "../errors.ts";
import { shorten } from "../executor/failure-message.ts";
import { interpretResult } from "../executor/result.ts";
import { isObject } from "../space/object.ts";
import type { ObjectiveResult } from "../trial/context.ts";
import { invalid } from "../trial/option-check.ts";
import type { Outcome } from "../trial/outcome.ts";

/** How an asked trial ended: what an objective would have returned, or why it gave nothing. */
export type Told = ObjectiveResult | (Lossless & { readonly failed: string }) | (Lossless & { readonly pruned: true });

/** Figures and descriptions are of a trial that has its loss. */
interface Lossless {
  readonly loss?: never;
  readonly metrics?: never;
  readonly attributes?: never;
}

/** Each says by itself how a trial ended. */
const ENDINGS = ["loss", "failed", "pruned"];
const WITH_LOSS = ["metrics", "attributes"];
const KEYS = [...ENDINGS, ...WITH_LOSS];
const EXPECTED = "a loss, { loss, metrics?, attributes? }, { failed } or { pruned }";

/**
 * The outcome that was told. A loss of NaN, or of null as JSON has it, fails the trial; another slip of the caller's
 * changes nothing.
 *
 * @param told may come from a caller without types
 * @param lastStep of the trial's reports
 * @throws OPTION_INVALID for what is no ending
 */
export function outcomeOf(told: unknown, lastStep: number): Outcome {
  if (typeof told === "number" || told === null) return interpretResult(told);
  if (!isObject(told)) throw invalid("tell", EXPECTED, told);
  checkKeys(told);
  const { failed, pruned } = told;
  if (failed !== undefined) {
    if (typeof failed !== "string") throw invalid("tell: failed", "a text that says why", failed);
    return { kind: "failed", reason: "error", message: shorten(failed) };
  }
  if (pruned === undefined) return resultOf(told);
  if (pruned !== true) throw invalid("tell: pruned", "true", pruned);
  return { kind: "pruned", step: lastStep };
}

/** What is left over would be lost without a word. @throws OPTION_INVALID for keys that there are not, or not together */
function checkKeys(told: object): void {
  const stray = Object.keys(told).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw refused(`there is no key "${stray}"${didYouMean(stray, KEYS)}`);
  const [ending, another] = ENDINGS.filter((key) => isGiven(told, key));
  const beside = ending === "loss" ? another : (another ?? WITH_LOSS.find((key) => isGiven(told, key)));
  if (ending !== undefined && beside !== undefined) throw refused(`"${ending}" and "${beside}" do not go together`);
  if (!ENDINGS.some((key) => key in told)) throw invalid("tell", EXPECTED, told);
}

function isGiven(told: object, key: string): boolean {
  return (told as Record<string, unknown>)[key] !== undefined; // any object may be asked
}

function refused(what: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `tell: ${what}`, { hint: `Expected ${EXPECTED}.` });
}

function resultOf(told: { readonly [key: string]: unknown }): Outcome {
  const { loss, metrics } = told;
  if (typeof loss !== "number" && loss !== null) throw invalid("tell: loss", "a number", loss);
  if (metrics !== undefined && !isObject(metrics)) throw invalid("tell: metrics", "{ name: number }", metrics);
  return interpretResult(told);
}
