import { isObject } from "../space/object.ts";
import { invalid, isCount } from "../trial/option-check.ts";

/*
 * Arguments of the kit may come from a caller without types. They are looked at once a call, by their form and their first
 * number, and never row by row.
 */

/** A text has a length too, and so has a list of rows. @throws ParzenError OPTION_INVALID */
export function checkNumbers(what: string, value: unknown): void {
  if (!isNumbers(value)) throw invalid(what, "a list of numbers", value);
}

/** The same of several arguments of one function, by name. */
export function checkAllNumbers(call: string, lists: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(lists)) checkNumbers(`${call}: ${name}`, value);
}

/**
 * The same of the two that a figure is made of, which have one row after another: a figure of rows that do not belong
 * together would look like any other.
 *
 * @param width numbers of a row of the first; null for any, which is the same for all of its rows
 */
export function checkRows(
  call: string,
  lists: { readonly [name: string]: ArrayLike<number> },
  width: 1 | null = 1,
): void {
  checkAllNumbers(call, lists);
  const lengths = Object.values(lists).map(({ length }) => length);
  const [values = 0, rows = 0] = lengths;
  if (values === rows || (width === null && rows > 0 && values > 0 && values % rows === 0)) return;
  const expected = width === null ? "some for each of the other" : "as many as of the other";
  throw invalid(`${call}: numbers of ${Object.keys(lists).join(" and ")}`, expected, lengths);
}

/** Places in something of so many: outside there are zeros and NaN. @throws ParzenError OPTION_INVALID */
export function checkPlaces(what: string, places: ArrayLike<number>, count: number): void {
  checkNumbers(what, places);
  const wrong = Array.prototype.find.call(places, (place) => !(isCount(0)(place) && place < count));
  if (wrong !== undefined) throw invalid(what, `integers of 0..${count - 1}`, wrong);
}

/** @throws ParzenError OPTION_INVALID for what is no integer from 1 */
export function checkCount(what: string, value: unknown): void {
  if (!isCount(1)(value)) throw invalid(what, "an integer from 1", value);
}

/** @throws ParzenError OPTION_INVALID */
export function checkFunction(what: string, value: unknown): void {
  if (typeof value !== "function") throw invalid(what, "a function", value);
}

/** @throws ParzenError OPTION_INVALID for what has no `next` to draw from */
export function checkRng(what: string, value: unknown): void {
  if (!isObject(value) || typeof value["next"] !== "function") throw invalid(what, "an object with next", value);
}

/** Whether a value has the form of a list of numbers, be it an array, a typed one or another with a length. */
export function isNumbers(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { length, 0: first } = value as { readonly length?: unknown; readonly 0?: unknown }; // any object may be asked
  return isCount(0)(length) && (length === 0 || typeof first === "number");
}
