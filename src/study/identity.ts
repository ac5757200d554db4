import { isDeepStrictEqual } from "node:util";
import { ParzenError, show } from "../errors.ts";
import { differences } from "../space/difference.ts";
import { fingerprint } from "../space/fingerprint.ts";
import { isSameWhere, type StoredWhere, storedWhere } from "../space/relation/where.ts";
import type { StudyRecord } from "../store/study-record.ts";
import { type AnyStudyOptions, fidelityOf } from "./options.ts";
import { isSameSampler } from "./proposal/sampler-version.ts";

/** One thing that differs between a stored study and what it is now to be run with. */
export interface Change {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What given options would change of what a study is. Options that are not given change nothing. */
export function changesOf(study: StudyRecord, given: Partial<AnyStudyOptions>): readonly Change[] {
  const changes: Change[] = [];
  const note = (what: string, before: unknown, after: unknown): void => {
    const text = (value: unknown): string =>
      typeof value === "string" ? value : (value ?? null) === null ? "nothing" : show(value);
    changes.push({ what, before: text(before), after: text(after) });
  };
  if (given.space !== undefined && fingerprint(given.space) !== study.fingerprint) {
    for (const { path, before, after } of differences(study.space, given.space)) note(path, before, after);
  }
  const { seed, direction, metric, sampler, fidelity } = given;
  if (given.where !== undefined && !isSameWhere(storedWhere(given.where), study.where)) {
    note("where", describeWhere(study.where), describeWhere(storedWhere(given.where)));
  }
  if (seed !== undefined && seed !== study.seed) note("seed", study.seed, seed);
  if (direction !== undefined && direction !== study.direction) note("direction", study.direction, direction);
  if (metric !== undefined && metric !== study.metric) note("metric", study.metric, metric);
  const named = fidelity === undefined ? undefined : fidelityOf(fidelity);
  if (named !== undefined && !isDeepStrictEqual(named, study.fidelity)) note("fidelity", study.fidelity, named);
  if (sampler !== undefined && !isSameSampler(study.sampler, sampler)) {
    note("sampler", describeSampler(study.sampler), describeSampler(sampler));
  }
  return changes;
}

/** @throws STUDY_CHANGED listing every change */
export function checkIdentity(study: StudyRecord, given: Partial<AnyStudyOptions>): void {
  const changes = changesOf(study, given);
  if (changes.length === 0) return;
  const lines = changes.map(({ what, before, after }) => `  ${what}: ${before} -> ${after}`);
  throw new ParzenError("STUDY_CHANGED", `study "${study.name}" was begun with something else:\n${lines.join("\n")}`, {
    hint: "Go on as it was begun, or start a study with another name.",
  });
}

function describeWhere(where: StoredWhere): string {
  if (where === "function") return "a function";
  return where.length === 0 ? "nothing" : where.join("; ");
}

/** Long options are cut: it is for people. */
function describeSampler(sampler: StudyRecord["sampler"]): string {
  return `${sampler.name} v${sampler.version} ${show(sampler.options)}`;
}
