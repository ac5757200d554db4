import { didYouMean, ParzenError } from "../errors.ts";
import { isObject } from "../space/object.ts";
import { invalid, isCount, type OptionLaw } from "../trial/option-check.ts";
import { checkFunction } from "./argument-check.ts";
import type { Clipping } from "./learner/clipping.ts";
import type { Schedule } from "./learner/schedules.ts";
import type { Callbacks } from "./loop/callbacks.ts";

const COUNT: OptionLaw = { expected: "a positive integer", accepts: isCount(1) };

type Lawful = "epochs" | "batchSize" | "patience" | "checkpointEvery" | "minDelta" | "standardize";

/** What a setting must be, for all params or for those of one trial. */
const LAWS: { readonly [name in Lawful]: OptionLaw } = {
  epochs: COUNT,
  batchSize: COUNT,
  patience: COUNT,
  checkpointEvery: COUNT,
  minDelta: { expected: "a number from 0 on", accepts: (value) => Number.isFinite(value) && Number(value) >= 0 },
  standardize: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
};

/** The settings that `lawful` knows. */
export const LAWFUL: readonly Lawful[] = Object.keys(LAWS) as Lawful[]; // the keys of LAWS, which Object.keys does not type

/** The value, if it is what that setting must be. @throws ParzenError OPTION_INVALID */
export function lawful<T>(name: Lawful, value: T): T {
  const { expected, accepts } = LAWS[name];
  if (accepts(value)) return value;
  throw invalid(name, expected, value);
}

const BOUNDS: { readonly [K in keyof Required<Clipping>]: true } = { norm: true, value: true };

/** @throws ParzenError OPTION_INVALID for a bound that there is not, or that is not above 0 */
export function lawfulClipping(clipping: Clipping): Clipping {
  for (const [name, bound] of entriesOf("clipping", clipping, Object.keys(BOUNDS))) {
    if (!(typeof bound === "number" && bound > 0)) throw invalid(`clipping: ${name}`, "a number above 0", bound);
  }
  return clipping;
}

/**
 * @param schedule what the function of the params gave; a schedule in its place, called with params, gives a number
 * @throws ParzenError OPTION_INVALID
 */
export function lawfulSchedule(schedule: Schedule | null): Schedule | null {
  if (schedule === null || typeof schedule === "function") return schedule;
  throw invalid("schedule", "a function that gives a schedule, such as () => cosineDecay()", schedule);
}

const HOOKS: { readonly [K in keyof Required<Callbacks>]: true } = {
  onEpochBegin: true,
  onEpochEnd: true,
  onBatchBegin: true,
  onBatchEnd: true,
};

/** @throws ParzenError OPTION_INVALID for a hook that there is not, or that is no function */
export function lawfulCallbacks(callbacks: Callbacks): Callbacks {
  for (const [name, hook] of entriesOf("callbacks", callbacks, Object.keys(HOOKS)))
    checkFunction(`callbacks: ${name}`, hook);
  return callbacks;
}

/** What is given of an object with these keys. One that is misspelt would be ignored without a word. */
function entriesOf(what: string, value: unknown, names: readonly string[]): readonly [string, unknown][] {
  if (!isObject(value)) throw invalid(what, `an object with ${names.join(", ")}`, value);
  const entries = Object.entries(value);
  const stray = entries.find(([name]) => !names.includes(name));
  if (stray === undefined) return entries.filter(([, given]) => given !== undefined);
  throw new ParzenError("OPTION_INVALID", `${what}: there is no "${stray[0]}"${didYouMean(stray[0], names)}`, {
    hint: `There are ${names.join(", ")}.`,
  });
}
