import { ParzenError } from "../errors.ts";

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
