import { invalid } from "../trial/option-check.ts";

/**
 * The argument may come from a caller without types, such as the whole trial. A number that no trial has is for the store
 * to say.
 *
 * @param call whose argument it is
 * @throws OPTION_INVALID
 */
export function checkTrialNumber(call: string, number: unknown): asserts number is number {
  if (typeof number !== "number") throw invalid(call, "the number of a trial, 0, 1, 2 ...", number);
}
