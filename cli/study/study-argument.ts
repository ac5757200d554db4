import { didYouMean, ParzenError } from "../../src/errors.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { isAbsent } from "../../src/store/absent.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { OpenOptions } from "../../src/study/open.ts";
import { StoredStudy } from "../../src/study/stored-study.ts";
import type { Study } from "../../src/study/study.ts";
import { commandLine } from "../invocation.ts";
import { type StoreOption, withStore } from "../options/store-option.ts";

/**
 * Opens a study by name, to read it and to say how it goes on. Without a name, the only study of the store is meant.
 *
 * @throws STUDY_NOT_FOUND naming what there is
 */
export function withStored<T>(
  options: StoreOption,
  name: string | undefined,
  act: (study: StoredStudy, record: StudyRecord) => Promise<T>,
): Promise<T> {
  return withRecord(options, name, (store, record) =>
    act(new StoredStudy({ store, record, space: compileSpace(record.space) }), record),
  );
}

/** The same, to change its trials or settings. */
export function withStudy<T>(
  options: StoreOption,
  name: string | undefined,
  act: (study: Study, record: StudyRecord) => Promise<T>,
): Promise<T> {
  return withRecord(options, name, async (store, record) => {
    const { openStudy } = await import("../../src/study/open.ts"); // loads every sampler, which takes longer than most commands
    return act(await openStudy({ store, name: record.name, ...unused(record) }), record);
  });
}

async function withRecord<T>(
  options: StoreOption,
  name: string | undefined,
  act: (store: Store, record: StudyRecord) => Promise<T>,
): Promise<T> {
  if (isAbsent(options.store)) throw noStore(options.store);
  return withStore(options, async (store) => act(store, await recordOf(store, name)));
}

/** These commands propose nothing, so a study whose sampler or relation is the user's own opens without it. */
function unused({ sampler, where }: StudyRecord): Pick<OpenOptions, "sampler" | "where"> {
  return {
    sampler: { ...sampler, propose: () => ({ kind: "exhausted" }) },
    ...(where === "function" ? { where: () => true } : {}),
  };
}

function noStore(location: string): ParzenError {
  return new ParzenError("STUDY_NOT_FOUND", `there is no store at ${location}`, {
    hint: `Begin a study with: ${commandLine("run")} <sweep>, or name another store with --store`,
  });
}

function unnamed({ location }: Store, names: readonly string[]): string {
  return names.length === 0 ? `${location} holds no study` : `${location} holds ${names.length} studies; name one`;
}

/** The study of that name; without one, the only one there is. @throws STUDY_NOT_FOUND naming what there is */
export async function recordOf(store: Store, name: string | undefined): Promise<StudyRecord> {
  const studies = await store.listStudies();
  const names = studies.map((study) => study.name);
  const found = name === undefined && studies.length === 1 ? studies[0] : studies.find((study) => study.name === name);
  if (found !== undefined) return found;
  const message =
    name === undefined
      ? unnamed(store, names)
      : `there is no study "${name}" in ${store.location}${didYouMean(name, names)}`;
  const hint =
    names.length === 0 ? `Begin one with: ${commandLine("run")} <sweep>` : `Studies there: ${names.join(", ")}`;
  throw new ParzenError("STUDY_NOT_FOUND", message, { hint });
}
