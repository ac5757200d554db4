import { hostname } from "node:os";
import { resolve } from "node:path";
import { isObject } from "../../src/space/object.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { type Provenance, provenanceOf } from "../../src/sweep/provenance.ts";
import type { Json, JsonObject } from "../../src/trial/json.ts";
import { packageVersion } from "../package-version.ts";

/** What a run leaves in its study's notes, for the next run, for `rerun` and for people. */
export interface RunNotes {
  /** Absolute path of the sweep. */
  readonly sweep: string;
  /** The command that goes on. */
  readonly resume: string;
  /** Name of the sweep, whatever the study is called. */
  readonly objective: string;
  /** Hash of the objective. */
  readonly version: string;
  /** Tags that a worker must have to run it. */
  readonly requires: readonly string[];
  /** What the version covers: file -> hash. */
  readonly files: { readonly [file: string]: string };
  /** Where the trials of each version of the objective ran. */
  readonly places: { readonly [version: string]: Place };
  /** What the sweep's file said, so that the next run sees what was edited. */
  readonly limits: Limits;
  /** What a flag decided when the study began, so that the sweep's own value does not count. */
  readonly overridden: readonly string[];
}

/** What a trial's result may depend on, beside the objective. */
export interface Place extends Provenance {
  readonly host: string;
  readonly node: string;
  readonly parzen: string;
}

/** Limits of a sweep that may change from run to run. Durations in milliseconds. */
export interface Limits {
  readonly maxTrials: number;
  readonly timeoutMs: number | null;
  readonly trialTimeoutMs: number | null;
}

/** What the last run noted. Nothing where the study was never run from the command line. */
export function readNotes({ notes }: StudyRecord): Partial<RunNotes> {
  const { run } = notes;
  if (!isObject(run)) return {};
  const known = Object.entries(run).filter(
    ([key, value]) => Object.hasOwn(READS, key) && READS[key as keyof RunNotes](value),
  );
  return Object.fromEntries(known) as Partial<RunNotes>; // each as `asStored` makes it
}

const isText = (value: unknown): value is string => typeof value === "string";
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMs = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= 8.64e15; // as a `Date` takes it

/** Whether a note is what this version makes: in an archive that was edited by hand may be anything, which says nothing. */
const READS: { readonly [K in keyof RunNotes]: (value: unknown) => boolean } = {
  sweep: isText,
  resume: isText,
  objective: isText,
  version: isText,
  requires: areTexts,
  files: (value) => isObject(value) && areTexts(Object.values(value)),
  places: (value) => isObject(value) && Object.values(value).every(isPlace),
  limits: (value) =>
    isObject(value) &&
    isMs(value["maxTrials"]) &&
    [value["timeoutMs"], value["trialTimeoutMs"]].every((limit) => limit === null || isMs(limit)),
  overridden: areTexts,
};

function isPlace(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { host, node, parzen, commit, changedAtMs } = value;
  return areTexts([host, node, parzen, commit ?? ""]) && isMs(changedAtMs);
}

/** The notes as a study keeps them. */
export function asStored(notes: RunNotes): JsonObject {
  return { run: notes as unknown as Json }; // an object of JSON values; interfaces have no index signature
}

/** Where a trial of this sweep would run now. */
export function placeNow(sweep: LoadedSweep): Place {
  return { host: hostname(), node: process.version, parzen: packageVersion(), ...provenanceOf(sweep) };
}

/** Keeps where the files of a study's trials are, if not in its store: whoever deletes the study must find them. */
export async function noteArtifacts(store: Store, { name, notes }: StudyRecord, folder: string): Promise<void> {
  if (notes["artifacts"] !== resolve(folder)) await store.note(name, { artifacts: resolve(folder) });
}

/** The folder that `noteArtifacts` kept; null where files are in the store. */
export function notedArtifacts({ notes }: Pick<StudyRecord, "notes">): string | null {
  const { artifacts } = notes;
  return typeof artifacts === "string" ? artifacts : null;
}

/** Keeps which backend the objective says it trained on, and which ones it could not have. */
export async function noteBackend(store: Store, { name, notes }: StudyRecord, attributes: JsonObject): Promise<void> {
  const { backend, refused = null } = attributes;
  if (backend === undefined || notes["backend"] === backend) return;
  await store.note(name, { backend, refused });
}
