import type { Command } from "commander";
import { MAX_SLOTS } from "../../src/sweep/checks.ts";
import { integerFrom, readDuration, readPeriod, readPort, readText, repeatable } from "../options/option-value.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";

/** What `parzen run` was told beside its sweep. Durations in milliseconds. */
export interface RunFlags extends StoreOption {
  readonly maxTrials?: number;
  readonly slots?: number;
  readonly gpus?: string;
  readonly seed?: number;
  readonly sampler?: string;
  readonly pruner?: string;
  /** As it was written: the command that goes on repeats it. */
  readonly timeout?: string;
  readonly name?: string;
  /** Studies whose results are taken over: `<study>`, or `<store>#<study>`. */
  readonly from?: readonly string[];
  readonly fresh?: boolean;
  readonly join?: boolean;
  /** At most so many trials queued or running, in Redis. */
  readonly parallelism?: number;
  readonly lock?: number;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly verbose?: boolean;
  readonly logJson?: boolean;
  readonly metricsPort?: number;
}

export function addRunFlags(command: Command): Command {
  command
    .option("-n, --max-trials <n>", "total of trials, those of earlier runs counted", integerFrom(1))
    .option(
      "--slots <n>",
      "trials at once, each in a process of its own (default: the sweep's, in Redis none)",
      integerFrom(1, MAX_SLOTS),
    )
    .option("--gpus <spec>", "all, or GPUs by slot: 0,1 | 0:2 (two slots share GPU 0) | 0+1 (one slot has both)")
    .option("--seed <n>", "seed of a new study, 0 or above", integerFrom(0))
    .option("--sampler <name>", "sampler of a new study: auto, gp, tpe, qmc, grid or random (default: the sweep's)")
    .option("--pruner <name>", "pruner from now on: successiveHalving, hyperband, median, percentile, patient or none")
    .option("--timeout <duration>", "end the run after it: 90s, 10m, 2h", checkedDuration);
  addStoreOption(command);
  return command
    .option("--name <name>", "name of the study (default: the sweep's)", readText)
    .option(
      "--from <study>",
      "take over its results that fit; <store>#<study> for another store; repeatable",
      repeatable,
    )
    .option("--fresh", "begin anew; the old study is renamed, never deleted")
    .option("--join", "run a study that another process runs already")
    .option(
      "--parallelism <n>",
      "in Redis: at most so many trials at once (default: the workers' slots)",
      integerFrom(1),
    )
    .option(
      "--lock <duration>",
      "how long a trial is its process's own without a sign of life (default: 60s, in Redis 30s)",
      readPeriod,
    )
    .option("--json", "one JSON document on stdout at the end")
    .option("--dry-run", "check everything, show what would happen, write nothing")
    .option("-v, --verbose", "show the output of every trial")
    .option("--log-json", "one JSON object a line on stderr")
    .option("--metrics-port <port>", "serve Prometheus metrics on this port of 127.0.0.1", readPort);
}

function checkedDuration(text: string): string {
  readDuration(text);
  return text;
}
