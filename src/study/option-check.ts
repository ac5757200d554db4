import { ParzenError, show } from "../errors.ts";

/** The error of an option that is not what is expected. */
export function invalid(option: string, expected: string, received: unknown): ParzenError {
  return new ParzenError("OPTION_INVALID", `${option}: expected ${expected}, received ${show(received)}`);
}

/** Whether a value is an integer of at least so many. */
export const isCount =
  (least: number) =>
  (value: unknown): boolean =>
    Number.isSafeInteger(value) && Number(value) >= least;

/** Whether a value is a time that may pass, in milliseconds. */
export const isDuration = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0;

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
