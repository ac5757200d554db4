import { isText, type OptionLaw } from "../trial/option-check.ts";

const FUNCTION: OptionLaw = { expected: "a function", accepts: (value) => typeof value === "function" };

/** What the options of any store may be. */
export const STORE_LAWS: { readonly [name in "now" | "warn" | "artifacts"]: OptionLaw } = {
  now: FUNCTION,
  warn: FUNCTION,
  artifacts: { expected: "the path of a directory", accepts: isText },
};
