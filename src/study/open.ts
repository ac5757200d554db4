import { ParzenError } from "../errors.ts";
import { stream } from "../random/stream.ts";
import { checkSatisfiable } from "../samplers/satisfiable.ts";
import { compileSpace } from "../space/compile.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import { relationsOf } from "../space/relation/where.ts";
import { checkToldApart } from "../space/told-apart.ts";
import { isAbsent } from "../store/absent.ts";
import { isOpenStore } from "../store/given-store.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { isStudyExists, studyNotFound } from "../store/study-errors.ts";
import { checkSoughtName } from "../store/study-name.ts";
import type { StudyRecord } from "../store/study-record.ts";
import { checkNames } from "../trial/option-check.ts";
import { checkIdentity } from "./identity.ts";
import { STUDY_NAMES, type StudyOptions, specOf } from "./options.ts";
import { checkReach } from "./proposal/propose.ts";
import { DEFAULT_SETTINGS, type RunOptions, settingsOf } from "./settings.ts";
import { strategiesOf } from "./strategies.ts";
import { checkSampler } from "./strategy-check.ts";
import type { Study } from "./study.ts";
import type { StudyParts } from "./study-parts.ts";

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
  checkNames(options, STUDY_NAMES);
  return withStore(options.store, (opened) => create(opened, options));
}

/**
 * Opens a study that exists. A space, seed, direction, sampler or relation that is given must be the stored one; settings that
 * are given are stored. A sampler or pruner of the user's own must be given again, and so must a `where` that is a
 * function: whether it is the same one, nobody can tell.
 *
 * @throws STUDY_NOT_FOUND; STUDY_CHANGED naming each difference; SpaceError, OPTION_INVALID. Then nothing was stored,
 * and no file made.
 */
export async function openStudy<const S extends RootSpace = RootSpace>(
  options: OpenOptions<S>,
): Promise<Study<ParamsOf<S>>> {
  checkNames(options, STUDY_NAMES);
  checkSoughtName(options.name);
  const { store } = options;
  if (typeof store === "string" && isAbsent(store)) throw studyNotFound(options.name, store); // and none is made
  return withStore(store, async (opened) => {
    const record = await opened.store.findStudy(options.name);
    if (record !== null) return open(opened, record, options);
    throw studyNotFound(options.name, opened.store.location);
  });
}

/** Opens the study of that name, or begins it. @throws as `createStudy` and `openStudy` do */
export async function openOrCreateStudy<const S extends RootSpace>(
  options: StudyOptions<S>,
): Promise<Study<ParamsOf<S>>> {
  checkNames(options, STUDY_NAMES);
  return withStore(options.store, async (opened) => {
    const { name } = specOf(options, compileSpace(options.space));
    const record = await opened.store.findStudy(name);
    if (record !== null) return open(opened, record, options);
    try {
      return await create(opened, options);
    } catch (error) {
      const begun = isStudyExists(error) ? await opened.store.findStudy(name) : null; // by who was faster
      if (begun === null) throw error;
      return open(opened, begun, options);
    }
  });
}

interface Opened {
  readonly store: Store;
  /** Whether closing the study closes the store: it was opened here. */
  readonly ownsStore: boolean;
}

/** Opens the store where only its location is given, and closes it again where `act` fails. */
async function withStore<T>(location: string | Store = "memory:", act: (opened: Opened) => Promise<T>): Promise<T> {
  if (isOpenStore(location)) return act({ store: location, ownsStore: false });
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
  checkToldApart(space);
  const spec = specOf(options, space);
  const relations = relationsOf(space, options.where);
  checkSatisfiable(space, relations, stream(spec.seed, "where"));
  const settings = { ...DEFAULT_SETTINGS, ...settingsOf(options, spec.direction) };
  const strategies = strategiesOf({ ...spec, settings }, options);
  const { sampler } = strategies;
  checkReach({ sampler, space, relations }, spec, { maxTrials: settings.maxTrials, parallelism: 1 });
  const record = await opened.store.createStudy(spec, settings);
  return assemble({ ...opened, record, space, relations, ...strategies });
}

/** What was given is stored last: a study that cannot be opened stays as it was. */
async function open<S extends RootSpace>(
  opened: Opened,
  record: StudyRecord,
  options: Partial<StudyOptions<S>>,
): Promise<Study<ParamsOf<S>>> {
  if (options.sampler !== undefined) checkSampler(options.sampler);
  const space = compileSpace(options.space ?? record.space); // first: what is no space has no identity
  checkIdentity(record, options);
  const relations = relationsOf(space, options.where ?? whereOf(record));
  const patch = settingsOf(options as RunOptions, record.direction);
  const strategies = strategiesOf(record, options);
  const configured = Object.keys(patch).length === 0 ? record : await opened.store.configure(record.name, patch);
  return assemble({ ...opened, record: configured, space, relations, ...strategies });
}

/** Loads what runs a study only now: a trial's child, whose sweep imports the same package, does without. */
async function assemble<P>(parts: StudyParts): Promise<Study<P>> {
  const { Study } = await import("./study.ts");
  return new Study(parts);
}

/** @throws OPTION_INVALID where it is a function, which no store can keep */
function whereOf({ name, where }: StudyRecord): readonly string[] {
  if (where !== "function") return where;
  throw new ParzenError(
    "OPTION_INVALID",
    `study "${name}" was begun with a function as \`where\`, and none is given now`,
    {
      hint: "Give that function again: openStudy({ ..., where }). An expression would be stored with the study.",
    },
  );
}
