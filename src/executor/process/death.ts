import type { FailedOutcome, LostOutcome } from "../../trial/outcome.ts";
import { machineFault } from "../machine-fault.ts";
import type { Output } from "../output.ts";
import { failed } from "../result.ts";
import { countMemoryKills } from "./out-of-memory.ts";
import type { Exit, StartError } from "./spawn.ts";

/** What is known of a process that ended before its trial did, and was not killed by its slot. */
export interface Death {
  readonly exit: Extract<Exit, { kind: "exited" }>;
  readonly output: Output;
  /** `countMemoryKills` from before. */
  readonly memoryKills: number | null;
  /** For the message; null where it is the runtime's own. */
  readonly heapLimitMb: number | null;
}

const HEAP_EXHAUSTED = /JavaScript heap out of memory|Allocation failed - process out of memory/;

/** What the arguments of one trial can be blamed for: too many, too long, or what no program can be given. */
const OWN_FAULT = /^(E2BIG|ENAMETOOLONG|ERR_)/;

/** What the system and Node.js say of them tells little. */
const OWN_FAULTS: { readonly [code: string]: string } = {
  E2BIG: "its arguments and variables are longer than the system takes",
  ERR_INVALID_ARG_VALUE: "an argument or a param holds the character NUL, which no program can be given",
};

/** Tells from how a process died, and what it said last, why its trial failed. */
export function outcomeOfDeath(death: Death): FailedOutcome {
  const { code, signal } = death.exit;
  if (HEAP_EXHAUSTED.test(death.output.stderr.text())) {
    const limit = death.heapLimitMb === null ? "" : `, which is limited to ${death.heapLimitMb} MB`;
    return failed("memory", `ran out of heap memory${limit}`);
  }
  if (signal === "SIGKILL") return outcomeOfKill(death.memoryKills);
  const last = death.output.lastErrorLine();
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  return failed("crash", `the trial's process ${how} before the trial was over${last === "" ? "" : `: ${last}`}`);
}

/** A kill that no slot sent. The kernel's counters tell its own from those of others. */
export function outcomeOfKill(before: number | null): FailedOutcome {
  const now = countMemoryKills();
  if (before !== null && now !== null && now > before) {
    return failed("memory", "killed by the kernel because the machine or its control group ran out of memory");
  }
  return failed(
    "crash",
    `the trial's process was killed by SIGKILL from outside${now === null ? ", perhaps for memory" : ""}`,
  );
}

/**
 * The outcome of a process that never began. That a program is not there, or cannot be run, says something about the
 * machine: the objective is the same on all of them.
 */
export function outcomeOfUnstarted(file: string, error: StartError): FailedOutcome | LostOutcome {
  if (error.isUnwatched) return machineFault(`could not start the watcher of ${file}: ${error.message}`);
  const code = error.code ?? "";
  if (OWN_FAULT.test(code)) return failed("error", `could not start ${file}: ${OWN_FAULTS[code] ?? error.message}`);
  if (code === "ENOENT") return machineFault(`command not found: ${file}`);
  if (code === "EACCES") return machineFault(`not allowed to run ${file}: is it executable?`);
  return machineFault(`could not start ${file}: ${error.message}`);
}
