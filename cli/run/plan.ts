import { ParzenError } from "../../src/errors.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { prunerFrom } from "../../src/pruners/registry.ts";
import { samplerFrom } from "../../src/samplers/registry.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { parseDuration } from "../../src/sweep/duration.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { isRedisUrl } from "../options/store-option.ts";
import { openSweep } from "../sweep/open-sweep.ts";
import { prunerOf, samplerOf } from "../sweep/strategies.ts";
import type { RunFlags } from "./flags.ts";
import { resumeCommand } from "./resume-command.ts";

/** A sweep with the flags of one run laid over it. */
export interface RunPlan {
  /** As it was typed: a path or the name of a sweep that ships. */
  readonly typed: string;
  readonly flags: RunFlags;
  readonly sweep: LoadedSweep;
  /** Of the study. */
  readonly name: string;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly seed: number;
  readonly maxTrials: number;
  readonly timeoutMs: number | null;
  /** The command that goes on with this run. */
  readonly resume: string;
}

/** Finds and checks everything that needs no store. @throws SWEEP_NOT_FOUND, SweepError, OPTION_INVALID */
export async function planRun(typed: string, flags: RunFlags): Promise<RunPlan> {
  checkParallelism(flags);
  const sweep = await openSweep(typed);
  return {
    typed,
    flags,
    sweep,
    name: flags.name ?? sweep.name,
    sampler: flags.sampler === undefined ? samplerOf(sweep) : byName("--sampler", flags.sampler, samplerFrom),
    pruner: flags.pruner === undefined ? prunerOf(sweep) : byName("--pruner", flags.pruner, prunerFrom),
    seed: flags.seed ?? sweep.seed,
    maxTrials: flags.maxTrials ?? sweep.maxTrials,
    timeoutMs: flags.timeout === undefined ? sweep.timeoutMs : parseDuration(flags.timeout),
    resume: resumeCommand(typed, flags),
  };
}

/** What a flag names, with its defaults. @throws OPTION_INVALID for an unknown name, or one that has no defaults */
function byName<T>(flag: string, name: string, from: (spec: { readonly name: string }) => T): T {
  try {
    return from({ name });
  } catch (error) {
    if (!(error instanceof ParzenError) || error.hint !== undefined) throw error;
    const hint = `${flag} gives no options; write ${name} with its own into the sweep`;
    throw new ParzenError(error.code, `${flag} ${name}: ${error.message}`, { hint, cause: error });
  }
}

/** Slots of its own bound what a run has at once; only workers elsewhere need another bound. */
function checkParallelism({ parallelism, store }: RunFlags): void {
  if (parallelism === undefined || isRedisUrl(store)) return;
  throw new ParzenError("OPTION_INVALID", "--parallelism is for studies in Redis; here as many trials run as slots", {
    hint: `For ${parallelism} at once write --slots ${parallelism}`,
  });
}
