import { type Command, InvalidArgumentError, Option } from "commander";
import { isTag, MAX_SLOTS, TAG } from "../../src/sweep/checks.ts";
import { LEASE_MS, STALLED_CHECK_MS } from "../../workers/options.ts";
import { integerFrom, readDuration, readPeriod, readPort, repeatable } from "../options/option-value.ts";
import { addRedisOption, type StoreOption } from "../options/store-option.ts";
import { duration } from "../render/figure.ts";

/** What `parzen worker` was told beside its sweeps. Durations in milliseconds. */
export interface WorkerFlags extends StoreOption {
  readonly slots?: number;
  readonly gpus?: string;
  readonly tag?: readonly string[];
  readonly grace: number;
  readonly maxTrials?: number;
  readonly idleExit?: number;
  readonly drain?: boolean;
  readonly spool: string;
  readonly lock: number;
  readonly check: number;
  readonly logJson?: boolean;
  readonly metricsPort?: number;
}

export const DEFAULT_SPOOL = ".parzen/spool";
export const GRACE_MS = 20_000;

export function addWorkerFlags(command: Command): Command {
  command
    .option("--slots <n>", "trials at once, each in a process of its own", integerFrom(1, MAX_SLOTS))
    .option("--gpus <spec>", "all, or GPUs by slot: 0,1 | 0:2 (two slots share GPU 0) | 0+1 (one slot has both)")
    .option("--tag <tag>", "what this machine has, for sweeps that require it; may be given again", readTag);
  addRedisOption(command);
  return command
    .addOption(timed("--grace <duration>", "for a trial that is told to end, before it is killed", GRACE_MS))
    .option("--drain", "let running trials end when told to stop, instead of handing them back")
    .option("--max-trials <n>", "end after so many trials", integerFrom(1))
    .option("--idle-exit <duration>", "end after so long without a trial", readDuration)
    .option("--spool <folder>", "for outcomes that wait for a store that is away", DEFAULT_SPOOL)
    .addOption(timed("--lock <duration>", "how long its trials are its own without a sign of life", LEASE_MS))
    .addOption(timed("--check <duration>", "how often to look for what a dead worker left", STALLED_CHECK_MS))
    .option("--metrics-port <port>", "serve Prometheus metrics on this port of 127.0.0.1", readPort)
    .option("--log-json", "one JSON object a line on stderr");
}

/** An option whose default, in milliseconds, is shown as it would be typed. */
function timed(flags: string, description: string, ms: number): Option {
  return new Option(flags, description).argParser(readPeriod).default(ms, duration(ms));
}

function readTag(text: string, earlier?: readonly string[]): readonly string[] {
  if (!isTag(text)) throw new InvalidArgumentError(`Expected ${TAG}.`);
  return repeatable(text, earlier);
}
