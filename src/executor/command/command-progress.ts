import { Checkpoints } from "../../artifacts/checkpoints.ts";
import { isArtifactRefusal } from "../../artifacts/refusal.ts";
import { isParzenError } from "../../errors.ts";
import type { FailedOutcome, LostOutcome, Outcome } from "../../trial/outcome.ts";
import type { Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { Watch } from "../executor.ts";
import { messageOf } from "../failure-message.ts";
import { isExhaustion, machineFault } from "../machine-fault.ts";
import { failed } from "../result.ts";
import type { Supervision } from "../supervision.ts";
import { CheckpointFolder } from "./checkpoint-folder.ts";

/**
 * The progress of a program, which says nothing of it: whatever is in its checkpoint folder is saved after its reports,
 * as the progress up to the last of them, and once more at the end of an attempt that another may follow.
 */
export class CommandProgress {
  /** The step after the restored checkpoint. */
  firstStep = 0;
  /** Why nothing more can be kept, which ends the trial; null while all is well. */
  fault: FailedOutcome | LostOutcome | null = null;

  readonly #folder: CheckpointFolder;
  readonly #isSearch: boolean;
  #supervision: Supervision | null = null;

  constructor(directory: string, { attempt, resumedFrom, purpose }: TrialTask, { files }: Watch) {
    const note = async (step: number): Promise<Verdict> => this.#supervision?.checkpoint(step) ?? "continue";
    this.#folder = new CheckpointFolder(directory, new Checkpoints({ files, attempt, resumedFrom, note }));
    this.#isSearch = purpose === "search";
  }

  /** @throws ParzenError of the store */
  async restore(): Promise<void> {
    try {
      this.firstStep = ((await this.#folder.restore()) ?? -1) + 1;
    } catch (error) {
      if (isParzenError(error)) throw error;
      this.fault = outcomeOfUnkept(error, "restored");
    }
  }

  /** From here on what is kept is noted by way of the trial's supervision. */
  begin(supervision: Supervision): void {
    this.#supervision = supervision;
  }

  /**
   * Saves the folder. What the store threw is the supervision's to tell, any other fault is this one's.
   *
   * @param reportedAt see `CheckpointFolder.keep`
   * @returns whether it is done; if not, it should be tried again
   */
  async keep(step: number, reportedAt: bigint | null = null): Promise<boolean> {
    if (!this.#isSearch || this.fault !== null) return true;
    try {
      return await this.#folder.keep(step, reportedAt);
    } catch (error) {
      if (isParzenError(error) && !isArtifactRefusal(error)) this.#supervision?.fail(error);
      else this.fault = outcomeOfUnkept(error, "kept");
      return true;
    }
  }

  /** Saves the folder once more where the trial may be tried again. @param lastStep null where it reported nothing */
  async finish(outcome: Outcome, lastStep: number | null): Promise<void> {
    const { kind } = outcome;
    const isRetried = kind === "handed-back" || kind === "lost" || (kind === "failed" && outcome.reason === "error");
    if (isRetried) await this.keep(lastStep ?? Math.max(0, this.firstStep - 1));
  }
}

/** The outcome of a trial whose progress cannot be kept, or restored. */
function outcomeOfUnkept(error: unknown, what: "kept" | "restored"): FailedOutcome | LostOutcome {
  const message = `its checkpoint cannot be ${what}: ${messageOf(error)}`;
  return isExhaustion(error) ? machineFault(message) : failed("error", message);
}
