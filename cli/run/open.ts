import { decode } from "../../src/space/decode.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import type { Store } from "../../src/store/store.ts";
import { isStudyExists } from "../../src/store/study-errors.ts";
import { MAX_NAME } from "../../src/store/study-name.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { enqueue } from "../../src/study/enqueue.ts";
import { createStudy, openStudy } from "../../src/study/open.ts";
import type { Study } from "../../src/study/study.ts";
import { isRedisStore } from "../options/store-option.ts";
import { asStored, readNotes } from "../study/notes.ts";
import { recordOf } from "../study/study-argument.ts";
import { viewOf, wholeViewOf } from "../study/study-view.ts";
import { otherWays, refuseChanges, refuseOtherCode } from "./changes.ts";
import { codeChanges } from "./code-changes.ts";
import { checkGivers, type From, giversOf, takeFrom } from "./from.ts";
import { refuseSecondRun } from "./live.ts";
import type { RunPlan } from "./plan.ts";
import { notesOf } from "./plan-notes.ts";
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

/** Before anything is taken over. */
type Begun = Omit<OpenedStudy, "renamed" | "from">;

/**
 * Opens the study that a plan means, or begins it, and notes what is run.
 *
 * @throws STUDY_CHANGED where it was begun with another space, direction, seed or sampler; STUDY_LIVE
 */
export async function openForRun(store: Store, plan: RunPlan): Promise<OpenedStudy> {
  const givers = await giversOf(store, plan);
  const found = await store.findStudy(plan.name);
  checkGivers(givers, plan, plan.flags.fresh ? null : found);
  const renamed = found !== null && plan.flags.fresh ? await renameAway(store, found, plan) : null;
  const old = renamed === null ? found : null;
  const begun = old === null ? await begin(store, plan) : null;
  const opened = begun ?? (await goOn(store, old ?? (await recordOf(store, plan.name)), plan));
  await enqueueDefaults(opened.study, plan);
  return { ...opened, renamed, from: await takeFrom(opened.study, givers, plan) };
}

/** Begins the study. Null where another process was faster. */
async function begin(store: Store, plan: RunPlan): Promise<Begun | null> {
  const study = await create(plan, store).catch(unlessExists);
  if (study === null) return null;
  await store.note(plan.name, asStored(notesOf(plan, {})));
  return { study, heldAs: null, codeChanges: [], otherWays: "" };
}

function create(plan: RunPlan, store: Store | "memory:"): Promise<Study> {
  const { name, sweep, sampler, seed, maxTrials, timeoutMs, pruner } = plan;
  const { source: space, where, direction, metric, trialTimeoutMs } = sweep;
  const settings = { maxTrials, timeoutMs, trialTimeoutMs, pruner };
  const what = { space, where, sampler, seed, direction, metric, ...(sweep.fidelity && { fidelity: sweep.fidelity }) };
  return createStudy({ store, name, ...what, ...settings });
}

async function goOn(store: Store, record: StudyRecord, plan: RunPlan): Promise<Begun> {
  const { name, pruner } = plan;
  await checkGoingOn(store, record, plan);
  const notes = readNotes(record);
  const sampler = ownSampler(record, plan);
  const limits = newLimits(record, plan);
  const study = await openStudy({ store, name, pruner, ...limits, ...(sampler === null ? {} : { sampler }) });
  const heldAs = record.control === "running" || plan.flags.join ? null : record.control;
  if (heldAs !== null) await study.resume();
  await store.note(name, asStored(notesOf(plan, notes)));
  const changed = codeChanges(notes, plan.sweep);
  return { study, heldAs, codeChanges: changed, otherWays: await otherWays(store, plan) };
}

/** @throws STUDY_CHANGED, STUDY_LIVE, STORE_CORRUPT where a run cannot go on with a study */
export async function checkGoingOn(store: Store, record: StudyRecord, plan: RunPlan): Promise<void> {
  await refuseChanges(store, record, plan);
  const view = await wholeViewOf(store, record);
  if (!plan.flags.join) refuseSecondRun(view, plan);
  if (isRedisStore(store)) await refuseOtherCode(store, readNotes(record), plan);
}

function unlessExists(error: unknown): null {
  if (isStudyExists(error)) return null;
  throw error;
}

/** The sweep's own params are the first ones tried, once: nothing is queued where another trial is the first already. */
async function enqueueDefaults(study: Study, { sweep: { space, where, defaults } }: RunPlan): Promise<void> {
  if (defaults === null) return;
  const accepting = { store: study.store, space, relations: relationsOf(space, where) };
  await enqueue(accepting, await study.refresh(), { params: decode(space, defaults), loss: undefined, number: 0 });
}

/** Gives the name free. @returns what the old study is called now */
async function renameAway(store: Store, record: StudyRecord, plan: RunPlan): Promise<string> {
  const { name } = plan;
  refuseSecondRun(await viewOf(store, record), plan);
  await (await create(plan, "memory:")).close(); // what cannot be begun costs the old study nothing
  const moment = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  for (let copy = 1; ; copy++) {
    const ending = copy === 1 ? `.${moment}` : `.${moment}-${copy}`;
    const renamed = [...name].slice(0, MAX_NAME - ending.length).join("") + ending;
    if (await isRenamed(store, name, renamed)) return renamed;
  }
}

/** False where the new name is taken. */
async function isRenamed(store: Store, name: string, to: string): Promise<boolean> {
  try {
    await store.renameStudy(name, to);
    return true;
  } catch (error) {
    if (isStudyExists(error)) return false;
    throw error;
  }
}
