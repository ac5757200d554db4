import { ParzenError, show } from "../errors.ts";

/** The most characters that a study's name has; what a person would count, so one emoji of one code point is one. */
export const MAX_NAME = 120;

/**
 * The one rule for names of studies. The argument may come from a caller without types.
 *
 * @throws OPTION_INVALID for a name that is blank, too long, no text, or holds what no terminal shows
 */
export function checkStudyName(name: string): void {
  const length = typeof name === "string" ? [...name].length : 0;
  if (length >= 1 && length <= MAX_NAME && name.trim() !== "" && !/[\p{Cc}\p{Cs}]/u.test(name)) return;
  const wrong = length > MAX_NAME ? `${length} characters` : show(name);
  const expected = `1 to ${MAX_NAME} characters, not all blank, without control characters`;
  throw new ParzenError("OPTION_INVALID", `study name: expected ${expected}, received ${wrong}`);
}

/** The same of a study that is looked for: any text may be the name of one. @throws OPTION_INVALID for what is no text */
export function checkSoughtName(name: string): void {
  if (typeof name !== "string") checkStudyName(name);
}
