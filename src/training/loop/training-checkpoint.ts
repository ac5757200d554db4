import { isParzenError } from "../../errors.ts";
import type { TrialContext } from "../../trial/context.ts";
import type { Verdict } from "../../trial/report.ts";
import type { Learner } from "../learner/learner.ts";
import { fitsLearner, type LearnerState, readLearner, writeLearner } from "../learner/learner-state.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { pack, unpack } from "./packed.ts";
import type { Progress } from "./progress.ts";

/** The form of what is kept; another one begins at the beginning. */
const VERSION = 4;

/** A learner that goes on only with the data that it began with. */
export interface ResumableLearner extends Learner {
  /** Its `learnerMark`. */
  readonly data: string;
}

interface KeptTraining {
  readonly v: typeof VERSION;
  /** Of each learner. */
  readonly data: readonly string[];
  readonly progress: Progress;
  readonly learners: readonly LearnerState[];
}

/** The checkpoints of one training: after an epoch, all that the next one depends on. */
export class TrainingCheckpoint {
  readonly #tf: TensorFlow;
  readonly #trial: TrialContext;
  readonly #learners: readonly ResumableLearner[];
  #refusal: string | null = null;

  constructor(tf: TensorFlow, trial: TrialContext, learners: readonly ResumableLearner[]) {
    this.#tf = tf;
    this.#trial = trial;
    this.#learners = learners;
  }

  /** Why nothing more is kept; null where it is. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** Puts the learners where an earlier attempt left them; null where there is none to go on from, which is warned of. */
  async resume(): Promise<Progress | null> {
    const checkpoint = await this.#trial.checkpoint.load();
    if (checkpoint === null) return null;
    const kept = parse(Object.values(checkpoint.files)[0]);
    if (kept === null || !this.#fits(kept)) {
      process.emitWarning(
        `the checkpoint of step ${checkpoint.step} is damaged, or of another model, optimizer or data: the training begins anew`,
      );
      return null;
    }
    for (const [at, state] of kept.learners.entries()) {
      const learner = this.#learners[at];
      if (learner !== undefined) writeLearner(this.#tf, learner, state);
    }
    return kept.progress;
  }

  /** Keeps what was trained so far. Where the store refuses it as too large, the training goes on without. */
  async save(progress: Progress): Promise<Verdict> {
    if (this.#refusal !== null) return "continue";
    const learners = await Promise.all(this.#learners.map((learner) => readLearner(this.#tf, learner)));
    const kept: KeptTraining = { v: VERSION, data: this.#learners.map(({ data }) => data), progress, learners };
    try {
      return await this.#trial.checkpoint.save(progress.epochs - 1, pack(kept));
    } catch (error) {
      if (!(isParzenError(error) && error.code === "ARTIFACT_REFUSED")) throw error;
      this.#refusal = error.message;
      return "continue";
    }
  }

  #fits({ data, learners }: KeptTraining): boolean {
    if (learners.length !== this.#learners.length) return false;
    return this.#learners.every((learner, at) => {
      const state = learners[at];
      return state !== undefined && learner.data === data[at] && fitsLearner(learner, state);
    });
  }
}

function parse(bytes: Uint8Array | undefined): KeptTraining | null {
  if (bytes === undefined) return null;
  try {
    // `save` wrote it in this shape, or one with another version.
    const kept = unpack(bytes) as KeptTraining;
    return kept.v === VERSION ? kept : null;
  } catch {
    return null;
  }
}
