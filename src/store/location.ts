import { ParzenError } from "../errors.ts";

/** Two letters or more and a colon: one letter is a drive of Windows. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/** The scheme of a location, in lower case; null for a path. */
export function schemeOf(location: string): string | null {
  return SCHEME.exec(location)?.[1]?.toLowerCase() ?? null;
}

/** The path of the file that a location means, as it is written there; null where it means none. */
export function fileOf(location: string): string | null {
  const scheme = schemeOf(location);
  if (scheme === null) return location;
  return scheme === "sqlite" ? location.replace(/^sqlite:(\/\/)?/i, "") : null;
}

/** A scheme behind what a shell takes away and files of variables, such as those of containers, do not. */
const WRAPPED = /^["'\s]+(?:rediss?(?:\+\w+)?|sqlite|memory):/i;

/** Such a location would be the path of a file, with a password in its name. @throws OPTION_INVALID */
export function checkUnwrapped(location: string): void {
  if (!WRAPPED.test(location)) return;
  const expected = "a location without quotes or blanks around it";
  throw new ParzenError("OPTION_INVALID", `store: expected ${expected}, received ${maskLocation(location)}`);
}

/** Masks the password of every URL in a text, in its authority or its query. It rather masks too much than too little. */
export function maskLocation(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s]*@/gi, "$1:***@")
    .replace(/([?&](?:password|pass|token|auth)=)[^&\s]+/gi, "$1***");
}
