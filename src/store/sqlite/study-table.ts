import { studyExists, studyNotFound } from "../study-errors.ts";
import type { Control, DriverLease, StudyRecord, StudySettings } from "../study-record.ts";
import type { Database } from "./database.ts";
import type { Row } from "./driver.ts";
import { controlOf, driverOf, integer, ParsedDocuments, studyFromRow, studyToColumns, text } from "./rows.ts";

/** What a change of a trial needs of its study. */
export interface StudyHead {
  readonly key: number;
  readonly name: string;
  readonly sequence: number;
  readonly nextNumber: number;
  readonly settings: StudySettings;
  readonly control: Control;
  readonly driver: DriverLease | null;
}

/** Rows of studies. Its methods belong inside a transaction. */
export class StudyTable {
  readonly #database: Database;
  readonly #location: string;
  readonly #parsed = new ParsedDocuments();

  constructor(database: Database, location: string) {
    this.#database = database;
    this.#location = location;
  }

  find(name: string): StudyRecord | null {
    const row = this.#database.get("SELECT * FROM study WHERE name = ?", name);
    return row === undefined ? null : studyFromRow(row, this.#parsed);
  }

  get(name: string): { readonly key: number; readonly record: StudyRecord } {
    const row = this.#row("SELECT * FROM study WHERE name = ?", name);
    return { key: integer(row, "key"), record: studyFromRow(row, this.#parsed) };
  }

  /** @param id of the study that is meant, where another one may have its name by now */
  head(name: string, id?: string): StudyHead {
    const row = this.#row(
      "SELECT key, id, sequence, next_number, settings, control, driver FROM study WHERE name = ?",
      name,
    );
    if (id !== undefined && id !== text(row, "id")) throw studyNotFound(name, this.#location);
    return {
      key: integer(row, "key"),
      name,
      sequence: integer(row, "sequence"),
      nextNumber: integer(row, "next_number"),
      settings: this.#parsed.get(row, "settings"),
      control: controlOf(row),
      driver: driverOf(row),
    };
  }

  list(): readonly StudyRecord[] {
    const rows = this.#database.all("SELECT * FROM study ORDER BY created_at_ms, key");
    return rows.map((row) => studyFromRow(row, this.#parsed));
  }

  /** @throws STUDY_EXISTS */
  checkFree(name: string): void {
    const taken = this.#database.get("SELECT name FROM study WHERE name = ?", name);
    if (taken !== undefined) throw studyExists(text(taken, "name"), this.#location);
  }

  /** @returns the row's key */
  insert(study: StudyRecord): number {
    this.#database.run(
      `INSERT INTO study (id, name, created_at_ms, spec, settings, control, control_reason, resumed_at, sequence,
        next_number, driver, tests, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...studyToColumns(study),
    );
    return this.get(study.name).key;
  }

  update(key: number, study: StudyRecord): void {
    this.#database.run(
      `UPDATE study SET (id, name, created_at_ms, spec, settings, control, control_reason, resumed_at, sequence,
        next_number, driver, tests, notes) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ?`,
      ...studyToColumns(study),
      key,
    );
  }

  /** Counts one change; the study's trials and imports say what changed. */
  advance(key: number, sequence: number, nextNumber: number): void {
    this.#database.run("UPDATE study SET sequence = ?, next_number = ? WHERE key = ?", sequence, nextNumber, key);
  }

  delete(key: number): void {
    this.#database.run("DELETE FROM study WHERE key = ?", key);
  }

  #row(sql: string, name: string): Row {
    const row = this.#database.get(sql, name);
    if (row === undefined) throw studyNotFound(name, this.#location);
    return row;
  }
}
