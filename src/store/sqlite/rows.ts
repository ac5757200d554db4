import { createHash } from "node:crypto";
import type { Assignment } from "../../space/assignment.ts";
import type { Report } from "../../trial/report.ts";
import { isPending, type Trial } from "../../trial/trial.ts";
import { assignmentKey } from "../assignment-key.ts";
import { fromExactJson, toExactJson } from "../exact-json.ts";
import { frozenCopy } from "../frozen-copy.ts";
import type {
  Control,
  DriverLease,
  ImportedObservation,
  StudyRecord,
  StudySettings,
  StudySpec,
} from "../study-record.ts";
import { specOf } from "../study-spec.ts";
import type { Row, SqlValue } from "./driver.ts";
import { DamagedColumn } from "./failure.ts";

/** What a column holds. @throws DamagedColumn where the file holds something else */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  throw new DamagedColumn(column, value);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new DamagedColumn(column, value);
}

export function nullableText(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** JSON of a column, as the type that this version of the schema writes there. */
export function document<T>(row: Row, column: string): T {
  try {
    return fromExactJson(text(row, column)) as T;
  } catch (error) {
    throw error instanceof SyntaxError ? new DamagedColumn(column, row[column]) : error;
  }
}

/** Specs and settings hardly ever change, so one that was parsed lately is handed out again, frozen. */
export class ParsedDocuments {
  readonly #parsed = new Map<string, unknown>();

  get<T>(row: Row, column: string): T {
    const key = text(row, column);
    const known = this.#parsed.get(key);
    // A text is parsed to one type only: its column's.
    if (known !== undefined) return known as T;
    const value = frozenCopy(document<T>(row, column));
    if (this.#parsed.size >= 64) this.#parsed.clear();
    this.#parsed.set(key, value);
    return value;
  }
}

/** Values of the columns of `study` from `id` on, in their order. */
export function studyToColumns(study: StudyRecord): readonly SqlValue[] {
  return [
    study.id,
    study.name,
    study.createdAtMs,
    toExactJson(specOf(study)),
    toExactJson(study.settings),
    study.control,
    study.controlReason,
    study.resumedAt,
    study.sequence,
    study.nextNumber,
    study.driver === null ? null : toExactJson(study.driver),
    toExactJson(study.tests),
    toExactJson(study.notes),
  ];
}

/** Studies that were written before there were relations have none. */
type StoredSpec = Omit<StudySpec, "where"> & Partial<Pick<StudySpec, "where">>;
const NO_RELATIONS: readonly string[] = Object.freeze([]);

export function studyFromRow(row: Row, parsed: ParsedDocuments): StudyRecord {
  return {
    where: NO_RELATIONS,
    ...parsed.get<StoredSpec>(row, "spec"),
    name: text(row, "name"),
    id: text(row, "id"),
    createdAtMs: integer(row, "created_at_ms"),
    settings: parsed.get<StudySettings>(row, "settings"),
    control: controlOf(row),
    controlReason: nullableText(row, "control_reason"),
    resumedAt: integer(row, "resumed_at"),
    sequence: integer(row, "sequence"),
    nextNumber: integer(row, "next_number"),
    driver: driverOf(row),
    tests: document(row, "tests"),
    notes: document(row, "notes"),
  };
}

export function controlOf(row: Row): Control {
  return text(row, "control") as Control; // only `setControl` writes here
}

export function driverOf(row: Row): DriverLease | null {
  return row["driver"] === null ? null : document(row, "driver");
}

/** A trial's document. Reports and the log have their own tables. */
export function trialToDocument(trial: Trial): string {
  return toExactJson({ ...trial, reports: undefined, log: undefined });
}

/** The log of a finished one is left empty. Not by a spread: V8 gives each copy that one makes a hidden class of its own. */
export function trialFromRow(row: Row, reports: readonly Report[]): Trial {
  const stored = document<Trial>(row, "document");
  return Object.assign(stored, isPending(stored) ? { reports } : { reports, log: "" });
}

/** A value that is NULL was NaN. */
export function reportFromRow(row: Row): Report {
  return { step: integer(row, "step"), value: row["value"] === null ? Number.NaN : integer(row, "value") };
}

/** A log may hold what no column of text keeps: NUL, or half a character. */
export function logToDocument(log: string): string {
  return toExactJson(log);
}

export function logFromRow(row: Row): string {
  return document(row, "text");
}

export function importedToDocument(observation: ImportedObservation): string {
  return toExactJson(observation);
}

export function importedFromRow(row: Row): ImportedObservation {
  return document(row, "document");
}

/** Short text that equal configurations share, for an index. */
export function configurationHash(assignment: Assignment, fidelity: number | undefined): string {
  return createHash("sha256").update(assignmentKey(assignment, fidelity)).digest("base64url");
}
