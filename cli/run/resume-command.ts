import { commandLine } from "../invocation.ts";
import { storeArguments } from "../options/store-argument.ts";
import type { RunFlags } from "./flags.ts";

/** Flags that are other than they were; undefined takes one away. */
type Changes = { readonly [F in keyof RunFlags]?: RunFlags[F] | undefined };

/**
 * The command that goes on with a run: the same store, name and options. What only the first run needs is left out.
 *
 * @param sweep as it was typed
 */
export function resumeCommand(sweep: string, flags: RunFlags, changes: Changes = {}): string {
  const given = { ...flags, fresh: false, from: [], ...changes };
  const { maxTrials, slots, gpus, seed, sampler, pruner, timeout, store, artifacts, name, parallelism, lock } = given;
  const args = ["run", sweep];
  const add = (flag: string, value: string | number | undefined): void => {
    if (value !== undefined) args.push(flag, String(value));
  };
  add("-n", maxTrials);
  add("--slots", slots);
  add("--gpus", gpus);
  add("--seed", seed);
  add("--sampler", sampler);
  add("--pruner", pruner);
  add("--timeout", timeout);
  if (store !== undefined) args.push(...storeArguments(store));
  if (artifacts !== process.env["PARZEN_ARTIFACTS"]) add("--artifacts", artifacts);
  add("--name", name);
  add("--parallelism", parallelism);
  add("--lock", lock === undefined ? undefined : `${lock}ms`);
  add("--metrics-port", given.metricsPort);
  for (const study of given.from ?? []) args.push("--from", study);
  if (given.fresh) args.push("--fresh");
  if (given.join) args.push("--join");
  if (given.json) args.push("--json");
  if (given.logJson) args.push("--log-json");
  if (given.verbose) args.push("--verbose");
  return commandLine(...args);
}
