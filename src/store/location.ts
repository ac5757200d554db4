import { ParzenError, show } from "../errors.ts";

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

/** What SQLite itself calls a database in memory. */
const SQLITE_MEMORY = ":memory:";

/**
 * Refuses what would be the path of a file that nobody means, perhaps with a password in its name.
 *
 * @throws OPTION_INVALID
 */
export function checkLocation(location: string): void {
  const bare = "a location without quotes or blanks around it";
  if (WRAPPED.test(location)) throw invalidLocation(bare, maskLocation(location));
  if (location.includes("\0")) throw invalidLocation("a location without the character NUL", showLocation(location));
  if (location !== SQLITE_MEMORY) return;
  throw invalidLocation("memory: for a store in memory", location, `A file of that name is ./${location}`);
}

/** @param received as it may be shown: without a password */
export function invalidLocation(expected: string, received: string, hint?: string): ParzenError {
  const message = `store: expected ${expected}, received ${received}`;
  return new ParzenError("OPTION_INVALID", message, hint === undefined ? {} : { hint });
}

/** Where the password of a URL begins, behind its scheme and user. Looking back from `://` keeps a long word cheap. */
const BEFORE_PASSWORD = /(?<=[a-z][a-z0-9+.-]*):\/\/[^\s/:@]*:/i;

/**
 * Masks the password of every URL in a text, in its authority or its query. It rather masks too much than too little.
 * Whatever trials print passes through here while others run, so its time grows with the text and no faster.
 */
export function maskLocation(text: string): string {
  return text.replace(/\S+/g, maskAuthority).replace(/([?&](?:password|pass|token|auth)=)[^&\s]+/gi, "$1***");
}

/** What is given as a location, as a message shows it: it may be a `URL`, with its password. */
export function showLocation(given: unknown): string {
  return maskLocation(show(given));
}

/** @param word a text without blanks: what is between a user and the last `@` may be the password */
function maskAuthority(word: string): string {
  const end = word.lastIndexOf("@");
  const found = end < 0 ? null : BEFORE_PASSWORD.exec(word.slice(0, end));
  return found === null ? word : `${word.slice(0, found.index)}${found[0]}***${word.slice(end)}`;
}
