import type { Pruner } from "../pruners/pruner.ts";
import { prunerFrom } from "../pruners/registry.ts";
import { samplerFrom } from "../samplers/registry.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { compileSpace } from "../space/compile.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { studyNotFound } from "../store/study-errors.ts";
import type { StudyRecord } from "../store/study-record.ts";
import { checkIdentity } from "./identity.ts";
import { DEFAULT_SETTINGS, type RunOptions, type StudyOptions, settingsOf, specOf } from "./options.ts";
import { Study } from "./study.ts";

/** How to find a study that exists, with what it is expected to be. */
export interface OpenOptions<S extends RootSpace = RootSpace> extends Partial<StudyOptions<S>> {
  readonly name: string;
  readonly store: string | Store;
}

/**
 * Begins a study.
 *
 * @throws SpaceError for a wrong space; OPTION_INVALID; STUDY_EXISTS
 */
export async function createStudy<const S extends RootSpace>(options: StudyOptions<S>): Promise<Study<ParamsOf<S>>> {
  return withStore(options.store, (opened) => create(opened, options));
}

/**
 * Opens a study that exists. A space, seed, direction or sampler that is given must be the stored one; settings that
 * are given are stored. A sampler or pruner of the user's own must be given again.
 *
 * @throws STUDY_NOT_FOUND; STUDY_CHANGED naming each difference
 */
export async function openStudy<const S extends RootSpace = RootSpace>(
  options: OpenOptions<S>,
): Promise<Study<ParamsOf<S>>> {
  return withStore(options.store, async (opened) => {
    const record = await opened.store.findStudy(options.name);
    if (record !== null) return open(opened, record, options);
    throw studyNotFound(options.name, opened.store.location);
  });
}

/** Opens the study of that name, or begins it. @throws as `createStudy` and `openStudy` do */
export async function openOrCreateStudy<const S extends RootSpace>(
  options: StudyOptions<S>,
): Promise<Study<ParamsOf<S>>> {
  return withStore(options.store, async (opened) => {
    const record = await opened.store.findStudy(specOf(options).name);
    return record === null ? create(opened, options) : open(opened, record, options);
  });
}

interface Opened {
  readonly store: Store;
  /** Whether closing the study closes the store: it was opened here. */
  readonly ownsStore: boolean;
}

/** Opens the store where only its location is given, and closes it again where `act` fails. */
async function withStore<T>(location: string | Store = "memory:", act: (opened: Opened) => Promise<T>): Promise<T> {
  if (typeof location !== "string") return act({ store: location, ownsStore: false });
  const store = await openStore(location);
  try {
    return await act({ store, ownsStore: true });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function create<S extends RootSpace>(opened: Opened, options: StudyOptions<S>): Promise<Study<ParamsOf<S>>> {
  const space = compileSpace(options.space);
  const spec = specOf(options);
  const settings = { ...DEFAULT_SETTINGS, ...settingsOf(options, spec.direction) };
  const record = await opened.store.createStudy(spec, settings);
  return assemble(opened, record, { space, sampler: options.sampler, pruner: options.pruner });
}

async function open<S extends RootSpace>(
  opened: Opened,
  record: StudyRecord,
  options: Partial<StudyOptions<S>>,
): Promise<Study<ParamsOf<S>>> {
  checkIdentity(record, options);
  const patch = settingsOf(options as RunOptions, record.direction);
  const configured = Object.keys(patch).length === 0 ? record : await opened.store.configure(record.name, patch);
  const space = compileSpace(options.space ?? record.space);
  return assemble(opened, configured, { space, sampler: options.sampler, pruner: options.pruner });
}

function assemble<P>(
  opened: Opened,
  record: StudyRecord,
  given: { space: ReturnType<typeof compileSpace>; sampler: Sampler | undefined; pruner: Pruner | undefined },
): Study<P> {
  const { space, sampler = samplerFrom(record.sampler), pruner = prunerFrom(record.settings.pruner) } = given;
  return new Study<P>({ ...opened, record, space, sampler, pruner });
}
