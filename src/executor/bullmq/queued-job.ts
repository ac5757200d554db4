import type { JobJson } from "bullmq";
import { jobIdOf, type RowJob, type TrialJob } from "./trial-job.ts";

/**
 * A job as BullMQ keeps it, for its command `addJob`. Its `Queue.add` makes an object of many parts for each one, which
 * nobody here looks at.
 *
 * @param isNext whether it is the next one to be taken
 */
export function queuedJob(
  job: TrialJob | RowJob,
  { isNext }: { readonly isNext: boolean } = { isNext: false },
): JobJson {
  const opts = isNext ? { ...OPTIONS, lifo: true } : OPTIONS;
  return { id: jobIdOf(job), data: JSON.stringify(job), opts, timestamp: Date.now(), ...NEW_JOB };
}

const OPTIONS = { removeOnComplete: true, removeOnFail: true } as const;

const NEW_JOB = {
  name: "trial",
  progress: 0,
  attemptsMade: 0,
  attemptsStarted: 0,
  stalledCounter: 0,
  failedReason: "",
  returnvalue: "",
} as const;
