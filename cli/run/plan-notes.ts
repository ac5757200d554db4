import { type Limits, placeNow, type RunNotes } from "../study/notes.ts";
import type { RunPlan } from "./plan.ts";

/** The notes of a run that begins now. */
export function notesOf(plan: RunPlan, earlier: Partial<RunNotes>): RunNotes {
  const { sweep, resume, flags } = plan;
  const { seed, sampler } = flags;
  const overridden = Object.entries({ seed, sampler }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return {
    sweep: sweep.file,
    resume: flags.join ? (earlier.resume ?? resume) : resume, // who joins leaves the study's own command alone
    objective: sweep.name,
    version: sweep.version,
    requires: sweep.requires,
    files: Object.fromEntries(sweep.files.map(({ file, hash }) => [file, hash])),
    places: { ...earlier.places, [sweep.version]: placeNow(sweep) },
    limits: limitsOf(plan),
    overridden: earlier.overridden ?? overridden,
  };
}

function limitsOf({ sweep }: RunPlan): Limits {
  const { maxTrials, timeoutMs, trialTimeoutMs } = sweep;
  return { maxTrials, timeoutMs, trialTimeoutMs };
}
