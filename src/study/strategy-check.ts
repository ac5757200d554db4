import { isObject } from "../space/object.ts";
import { hasJson, invalid, isCount } from "../trial/option-check.ts";

/** The argument may come from a caller without types. @throws OPTION_INVALID for what is no sampler */
export function checkSampler(sampler: unknown): void {
  if (!isObject(sampler) || typeof sampler["propose"] !== "function") {
    throw invalid("sampler", "a sampler such as auto()", sampler);
  }
  checkStored("sampler", sampler);
  if (!isCount(0)(sampler["version"])) throw invalid("sampler.version", "an integer from 0", sampler["version"]);
}

/** The same of a pruner. */
export function checkPruner(pruner: unknown): void {
  if (!isObject(pruner) || typeof pruner["judge"] !== "function") {
    throw invalid("pruner", "a pruner such as none()", pruner);
  }
  checkStored("pruner", pruner);
}

/** What the study keeps of it, by which it is made again. */
function checkStored(what: string, { name, options }: { readonly [key: string]: unknown }): void {
  if (typeof name !== "string" || name === "") throw invalid(`${what}.name`, "a text that is not empty", name);
  if (!isObject(options)) throw invalid(`${what}.options`, "an object, {} for none", options);
  if (!hasJson(options)) throw invalid(`${what}.options`, "JSON", options);
}
