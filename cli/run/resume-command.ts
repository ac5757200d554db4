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
  const words = wordsOf({ ...flags, fresh: false, from: [], ...changes });
  return commandLine("run", sweep, ...Object.values(words).flat());
}

/** What each flag is typed as, in this order. A flag that is missing here does not compile: it would be lost on resume. */
function wordsOf(flags: Changes): { readonly [F in keyof Required<RunFlags>]: readonly string[] } {
  const { artifacts, lock, store } = flags;
  return {
    maxTrials: valued("-n", flags.maxTrials),
    slots: valued("--slots", flags.slots),
    gpus: valued("--gpus", flags.gpus),
    seed: valued("--seed", flags.seed),
    sampler: valued("--sampler", flags.sampler),
    pruner: valued("--pruner", flags.pruner),
    timeout: valued("--timeout", flags.timeout),
    store: store === undefined ? [] : storeArguments(store),
    artifacts: artifacts === process.env["PARZEN_ARTIFACTS"] ? [] : valued("--artifacts", artifacts),
    name: valued("--name", flags.name),
    parallelism: valued("--parallelism", flags.parallelism),
    lock: valued("--lock", lock === undefined ? undefined : `${lock}ms`),
    metricsPort: valued("--metrics-port", flags.metricsPort),
    from: (flags.from ?? []).flatMap((study) => ["--from", study]),
    fresh: named("--fresh", flags.fresh),
    join: named("--join", flags.join),
    json: named("--json", flags.json),
    logJson: named("--log-json", flags.logJson),
    verbose: named("--verbose", flags.verbose),
    dryRun: [], // a dry run begins nothing that could be gone on with
  };
}

function valued(flag: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [flag, String(value)];
}

function named(flag: string, isGiven = false): readonly string[] {
  return isGiven ? [flag] : [];
}
