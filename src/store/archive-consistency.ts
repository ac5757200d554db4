import { ParamsError } from "../errors.ts";
import { checkAssignment } from "../space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../space/compile.ts";
import { RelationError } from "../space/relation/relation-error.ts";
import { relationsOf, type StoredWhere } from "../space/relation/where.ts";
import { readFidelity } from "../trial/fidelity.ts";
import type { Trial } from "../trial/trial.ts";
import type { StudyArchive } from "./study-record.ts";

/*
 * What the parts of an archive must have to do with each other. Each function says what is wrong first, behind its
 * place, or null. What a study can live with is let pass: params that a relation forbids now, say.
 */

/** @throws SPACE_INVALID */
export function inconsistency(archive: StudyArchive): string | null {
  const space = compileSpace(archive.study.space);
  return (
    wrongWhere(space, archive.study.where) ??
    wrongNumber(archive) ??
    wrongSequence(archive) ??
    wrongTest(archive) ??
    wrongFile(archive) ??
    wrongFidelity(archive) ??
    wrongAssignment(space, "trials", archive.trials) ??
    wrongAssignment(space, "imported", archive.imported)
  );
}

function wrongWhere(space: CompiledSpace, where: StoredWhere): string | null {
  try {
    if (where !== "function") relationsOf(space, where);
    return null;
  } catch (error) {
    if (error instanceof RelationError) return `study.${error.message}`;
    throw error;
  }
}

function wrongNumber({ study, trials }: StudyArchive): string | null {
  const stray = trials.findIndex((trial, index) => trial.number !== index);
  if (stray >= 0) return `trials.${stray}.number: expected ${stray}, received ${trials[stray]?.number}`;
  if (study.nextNumber === trials.length) return null;
  return `study.nextNumber: expected ${trials.length}, received ${study.nextNumber}`;
}

function wrongSequence({ study, trials, imported }: StudyArchive): string | null {
  let newest = 0;
  for (const [at, { importedAt }] of imported.entries()) {
    if (importedAt < newest) return `imported.${at}.importedAt: expected ${newest} or more, received ${importedAt}`;
    newest = importedAt;
  }
  // Not spread into one call: a study has more trials than a call has room for arguments.
  for (const trial of trials) newest = Math.max(newest, lastSequence(trial));
  return study.sequence < newest ? `study.sequence: expected ${newest} or more, received ${study.sequence}` : null;
}

function lastSequence(trial: Trial): number {
  return "committedAt" in trial ? trial.committedAt : trial.reservedAt;
}

function wrongTest({ study: { tests }, trials }: StudyArchive): string | null {
  const stray = tests.findIndex(({ trial }) => trial >= trials.length);
  if (stray < 0) return null;
  return `study.tests.${stray}.trial: expected a trial of the study, received ${tests[stray]?.trial}`;
}

function wrongFile({ trials, artifacts }: StudyArchive): string | null {
  const orphan = Object.keys(artifacts).find((file) => Number.parseInt(file, 10) >= trials.length);
  return orphan === undefined ? null : `artifacts: ${orphan} belongs to no trial`;
}

/** Known results may come from a study with another one. */
function wrongFidelity({ study, trials }: StudyArchive): string | null {
  if (study.fidelity === undefined) return null;
  const read = readFidelity(study.fidelity);
  if ("fault" in read) {
    const { key, expected, received } = read.fault;
    return `study.fidelity.${key}: expected ${expected}, received ${received}`;
  }
  const { max } = read.fidelity;
  const beyond = trials.find(({ fidelity }) => fidelity !== undefined && fidelity > max);
  return beyond === undefined
    ? null
    : `trials.${beyond.number}.fidelity: expected at most ${max}, received ${beyond.fidelity}`;
}

function wrongAssignment(
  space: CompiledSpace,
  list: "trials" | "imported",
  of: readonly { readonly assignment: unknown }[],
): string | null {
  for (const [at, { assignment }] of of.entries()) {
    try {
      checkAssignment(space, assignment);
    } catch (error) {
      if (error instanceof ParamsError) return `${list}.${at}.assignment: ${error.message}`;
      throw error;
    }
  }
  return null;
}
