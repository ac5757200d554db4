import { didYouMean, ParzenError } from "../../src/errors.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
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

/**
 * The same, to change its trials or settings. A sampler of the user's own is missed only where it is to propose, and a
 * `where` that is a function forbids nothing.
 */
export function withStudy<T>(
  options: StoreOption,
  name: string | undefined,
  act: (study: Study, record: StudyRecord) => Promise<T>,
): Promise<T> {
  return withRecord(options, name, async (store, record) => {
    // Loads every sampler, which takes longer than most commands.
    const [{ openStudy }, { samplerFrom }] = await Promise.all([
      import("../../src/study/open.ts"),
      import("../../src/samplers/registry.ts"),
    ]);
    const { sampler } = record;
    const late: Sampler = { ...sampler, propose: (request) => samplerFrom(sampler).propose(request) };
    return act(await openStudy({ store, name: record.name, sampler: late, ...unchecked(record) }), record);
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

/** A function that forbids params is only known where the study began. */
function unchecked({ where }: StudyRecord): Pick<OpenOptions, "where"> {
  return where === "function" ? { where: () => true } : {};
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
