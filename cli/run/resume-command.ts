import { commandLine } from "../invocation.ts";
import { DEFAULT_STORE } from "../study-option.ts";
import type { RunFlags } from "./flags.ts";

/** Flags that are other than they were; undefined takes one away. */
type Changes = { readonly [F in keyof RunFlags]?: RunFlags[F] | undefined };

/**
 * The command that goes on with a run: the same store, name and options. What only the first run needs is left out.
 *
 * @param sweep as it was typed
 */
export function resumeCommand(sweep: string, flags: RunFlags, changes: Changes = {}): string {
  const { maxTrials, slots, gpus, seed, sampler, timeout, store, name, fresh, join, json, verbose } = {
    ...flags,
    fresh: false,
    ...changes,
  };
  const args = ["run", sweep];
  const add = (flag: string, value: string | number | undefined): void => {
    if (value !== undefined) args.push(flag, String(value));
  };
  add("-n", maxTrials);
  add("--slots", slots);
  add("--gpus", gpus);
  add("--seed", seed);
  add("--sampler", sampler);
  add("--timeout", timeout);
  if (store !== DEFAULT_STORE) add("--store", store);
  add("--name", name);
  if (fresh) args.push("--fresh");
  if (join) args.push("--join");
  if (json) args.push("--json");
  if (verbose) args.push("--verbose");
  return commandLine(...args);
}
