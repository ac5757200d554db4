import { isDeepStrictEqual } from "node:util";
import { samplerFrom } from "../../samplers/registry.ts";
import type { Sampler } from "../../samplers/sampler.ts";
import { isObject } from "../../space/object.ts";
import { fromExactJson, toExactJson } from "../../store/exact-json.ts";
import type { Store } from "../../store/store.ts";
import type { StudyRecord } from "../../store/study-record.ts";
import type { JsonObject } from "../../trial/json.ts";

/** A sampler as it is written down. */
type StoredSampler = StudyRecord["sampler"];

/** What proposes the trials of a study from one on. */
type SamplerFrom = StoredSampler & { readonly from: number };

/** Another version of its sampler goes on with a study: this parzen has no other. */
export interface SamplerChange {
  /** With its version, e.g. `gp 1`. */
  readonly before: string;
  readonly now: string;
  /** The first trial that the new one may propose. */
  readonly from: number;
}

/** A stored sampler as this parzen has it; null for one of the user's own. */
export function knownSampler(stored: StoredSampler): Sampler | null {
  try {
    return samplerFrom(stored);
  } catch {
    return null;
  }
}

/** Whether a sampler is the stored one, or what this parzen has of the same name and options. */
export function isSameSampler(stored: StoredSampler, given: StoredSampler): boolean {
  return isEqual(stored, given) || isEqual(knownSampler(stored), given);
}

/** Notes that another version proposes from now on. Null where it is the one that did so far. */
export async function adoptVersion(store: Store, study: StudyRecord, sampler: Sampler): Promise<SamplerChange | null> {
  const earlier = samplersOf(study);
  const last = earlier.at(-1) ?? study.sampler;
  if (isEqual(last, sampler)) return null;
  const { name, version, options } = sampler;
  const from = study.nextNumber;
  await store.note(study.name, { [NOTE]: [...earlier.slice(1), { name, version, options, from }] });
  return { before: versionOf(last), now: versionOf(sampler), from };
}

/** Whether trial `number` is of this sampler in this version. */
export function hasProposed(sampler: Sampler, study: StudyRecord, number: number): boolean {
  const by = samplersOf(study).findLast(({ from }) => from <= number);
  return by !== undefined && isEqual(by, sampler);
}

/** For people: `gp 1, from trial 30 on gp 2`; null where only one version proposed and goes on. */
export function versionsText(study: StudyRecord): string | null {
  const samplers = samplersOf(study);
  const now = knownSampler(study.sampler);
  if (now !== null && !isEqual(samplers.at(-1) ?? null, now)) samplers.push({ ...now, from: study.nextNumber });
  const texts = samplers.map((each, index) => (index === 0 ? "" : `from trial ${each.from} on `) + versionOf(each));
  return texts.length === 1 ? null : texts.join(", ");
}

/** In which of a study's notes `adoptVersion` keeps what came after the sampler that began it. */
const NOTE = "samplers";

function samplersOf({ sampler, notes }: StudyRecord): SamplerFrom[] {
  const later: unknown = notes[NOTE];
  return [{ ...sampler, from: 0 }, ...(Array.isArray(later) ? later.filter(isSamplerFrom) : [])];
}

/** What `adoptVersion` writes; an archive that was edited by hand may have anything there. */
function isSamplerFrom(value: unknown): value is SamplerFrom {
  if (!isObject(value)) return false;
  const { name, version, options, from } = value;
  return typeof name === "string" && typeof version === "number" && isObject(options) && typeof from === "number";
}

function isEqual(one: StoredSampler | null, other: StoredSampler): boolean {
  // As a store gives it back: what is undefined is not there.
  const identity = ({ name, version, options }: StoredSampler): unknown =>
    fromExactJson(toExactJson({ name, version, options }));
  return one !== null && isDeepStrictEqual(identity(one), identity(other));
}

/** With the version of the one inside, where a sampler wraps another. */
function versionOf({ name, version, options }: StoredSampler): string {
  const inner = options["sampler"] as JsonObject | undefined;
  const isWrapper = typeof inner?.["name"] === "string" && typeof inner["version"] === "number";
  return isWrapper ? `${name} ${version} around ${inner["name"]} ${inner["version"]}` : `${name} ${version}`;
}
