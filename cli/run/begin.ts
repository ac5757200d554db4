import { decode } from "../../src/space/decode.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { isStudyExists } from "../../src/store/study-errors.ts";
import type { StudyArchive } from "../../src/store/study-record.ts";
import { enqueue } from "../../src/study/enqueue.ts";
import type { Giver } from "../../src/study/fitting-results.ts";
import { createStudy, openStudy } from "../../src/study/open.ts";
import type { Study } from "../../src/study/study.ts";
import { asStored } from "../study/notes.ts";
import { type From, takeFrom } from "./from.ts";
import type { RunPlan } from "./plan.ts";
import { notesOf } from "./plan-notes.ts";

/** A new study with all that it begins with, in no store yet. */
export interface Prepared {
  readonly archive: StudyArchive;
  /** What it took over. */
  readonly from: readonly From[];
}

/**
 * Makes a study in memory, so that it comes into its store with all that it takes over or not at all: a run that is
 * killed leaves none that has a part of it.
 *
 * @throws what cannot be begun
 */
export async function prepare(plan: RunPlan, givers: readonly Giver[]): Promise<Prepared> {
  const store = await openStore("memory:");
  const study = await createStudy(optionsOf(plan, store));
  await store.note(plan.name, asStored(notesOf(plan, {})));
  await enqueueDefaults(study, plan);
  const from = await takeFrom(study, givers, plan);
  const archive = await store.exportStudy(plan.name);
  await store.close();
  return { archive, from };
}

/** Puts a study into its store, as a whole. Null where another process was faster. */
export async function put(store: Store, plan: RunPlan, { archive }: Prepared): Promise<Study | null> {
  const made = await store.importStudy(archive).catch(unlessExists);
  return made === null ? null : openStudy(optionsOf(plan, store));
}

/** Begins a study that takes nothing over. Null where another process was faster. */
export async function begin(store: Store, plan: RunPlan): Promise<Study | null> {
  const study = await createStudy(optionsOf(plan, store)).catch(unlessExists);
  if (study === null) return null;
  await store.note(plan.name, asStored(notesOf(plan, {})));
  await enqueueDefaults(study, plan);
  return study;
}

function optionsOf(plan: RunPlan, store: Store) {
  const { name, sweep, sampler, seed, maxTrials, timeoutMs, pruner } = plan;
  const { source: space, where, direction, metric, trialTimeoutMs } = sweep;
  const settings = { maxTrials, timeoutMs, trialTimeoutMs, pruner };
  const what = { space, where, sampler, seed, direction, metric, ...(sweep.fidelity && { fidelity: sweep.fidelity }) };
  return { store, name, ...what, ...settings };
}

/** The sweep's own params are the first ones tried, once: nothing is queued where another trial is the first already. */
export async function enqueueDefaults(study: Study, { sweep: { space, where, defaults } }: RunPlan): Promise<void> {
  if (defaults === null) return;
  const accepting = { store: study.store, space, relations: relationsOf(space, where) };
  await enqueue(accepting, await study.refresh(), { params: decode(space, defaults), loss: undefined, number: 0 });
}

function unlessExists(error: unknown): null {
  if (isStudyExists(error)) return null;
  throw error;
}
