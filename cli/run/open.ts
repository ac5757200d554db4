import type { Store } from "../../src/store/store.ts";
import { isStudyExists, isStudyNotFound } from "../../src/store/study-errors.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { Giver } from "../../src/study/fitting-results.ts";
import { openStudy } from "../../src/study/open.ts";
import type { Study } from "../../src/study/study.ts";
import { isRedisStore } from "../options/store-option.ts";
import { asStored, readNotes } from "../study/notes.ts";
import { recordOf } from "../study/study-argument.ts";
import { viewOf, wholeViewOf } from "../study/study-view.ts";
import { begin, enqueueDefaults, prepare, put } from "./begin.ts";
import { otherWays, refuseChanges, refuseOtherCode } from "./changes.ts";
import { codeChanges } from "./code-changes.ts";
import { checkGivers, type From, giversOf, takeFrom } from "./from.ts";
import { refuseSecondRun } from "./live.ts";
import type { RunPlan } from "./plan.ts";
import { notesOf } from "./plan-notes.ts";
import { renamedAt } from "./renamed.ts";
import { resumeCommand } from "./resume-command.ts";
import { newLimits, ownSampler } from "./search.ts";

/** The study of a run, ready to be driven. */
export interface OpenedStudy {
  readonly study: Study;
  /** `paused`, `stopped` or `cancelled`: what it was told before, and what no longer counts. Null where it was not. */
  readonly heldAs: string | null;
  /** What the old study is called now, where `--fresh` renamed one. */
  readonly renamed: string | null;
  /** What was taken over from the studies of `--from`. */
  readonly from: readonly From[];
  /** Files of the objective that differ from those of the last run. */
  readonly codeChanges: readonly string[];
  /** The commands that begin anew. */
  readonly otherWays: string;
}

/**
 * Opens the study that a plan means, or begins it, and notes what is run.
 *
 * @throws STUDY_CHANGED where it was begun with another space, direction, seed or sampler; STUDY_LIVE
 */
export async function openForRun(store: Store, plan: RunPlan): Promise<OpenedStudy> {
  const givers = await giversOf(store, plan);
  const found = await store.findStudy(plan.name);
  const old = plan.flags.fresh ? null : found;
  checkGivers(givers, plan, old);
  if (old !== null) return goOn(store, old, { plan, givers });
  if (found !== null) refuseSecondRun(await viewOf(store, found), plan);
  // What cannot be begun costs the old study nothing.
  const prepared = found === null && givers.length === 0 ? null : await prepare(plan, givers);
  const renamed = found === null ? null : await renameAway(store, found);
  const study = await (prepared === null ? begin(store, plan) : put(store, plan, prepared));
  if (study === null) return { ...(await goOn(store, await recordOf(store, plan.name), { plan, givers })), renamed };
  const from = (prepared?.from ?? []).map((each, index) =>
    renamed !== null && givers[index]?.study.id === found?.id ? { ...each, study: renamed } : each,
  );
  return { study, heldAs: null, renamed, from, codeChanges: [], otherWays: "" };
}

/** A run of a study that is there. */
interface GoingOn {
  readonly plan: RunPlan;
  /** Whose results are to be taken over. */
  readonly givers: readonly Giver[];
}

async function goOn(store: Store, record: StudyRecord, { plan, givers }: GoingOn): Promise<OpenedStudy> {
  const { name, pruner } = plan;
  await checkGoingOn(store, record, plan);
  const notes = readNotes(record);
  const sampler = ownSampler(record, plan);
  const limits = newLimits(record, plan);
  const study = await openStudy({ store, name, pruner, ...limits, ...(sampler === null ? {} : { sampler }) });
  const heldAs = record.control === "running" || plan.flags.join ? null : record.control;
  if (heldAs !== null) await study.resume();
  const noted = notesOf(plan, notes);
  // Until all is taken over, what goes on takes it over, too.
  if (givers.length > 0 && !plan.flags.join) await store.note(name, asStored({ ...noted, resume: takingOver(plan) }));
  await enqueueDefaults(study, plan);
  const from = await takeFrom(study, givers, plan);
  await store.note(name, asStored(noted));
  const changed = codeChanges(notes, plan.sweep);
  return { study, heldAs, renamed: null, from, codeChanges: changed, otherWays: await otherWays(store, plan) };
}

function takingOver({ typed, flags }: RunPlan): string {
  return resumeCommand(typed, flags, { from: flags.from });
}

/** @throws STUDY_CHANGED, STUDY_LIVE, STORE_CORRUPT where a run cannot go on with a study */
export async function checkGoingOn(store: Store, record: StudyRecord, plan: RunPlan): Promise<void> {
  await refuseChanges(store, record, plan);
  const view = await wholeViewOf(store, record);
  if (!plan.flags.join) refuseSecondRun(view, plan);
  if (isRedisStore(store)) await refuseOtherCode(store, readNotes(record), plan);
}

/** Gives the name free. @returns what the old study is called now; null where another process was faster */
async function renameAway(store: Store, { name, id }: StudyRecord): Promise<string | null> {
  const now = new Date();
  for (let copy = 1; ; copy++) {
    const renamed = renamedAt(name, now, copy);
    if ((await store.findStudy(name))?.id !== id) return null;
    if (await isRenamed(store, name, renamed)) return renamed;
  }
}

/** False where the new name is taken, or the old one is free already. */
async function isRenamed(store: Store, name: string, to: string): Promise<boolean> {
  try {
    await store.renameStudy(name, to);
    return true;
  } catch (error) {
    if (isStudyExists(error) || isStudyNotFound(error)) return false;
    throw error;
  }
}
