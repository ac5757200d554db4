import type { Report } from "../../trial/report.ts";
import { isPending, type RunningTrial, type Trial } from "../../trial/trial.ts";
import type { Fence } from "../store.ts";
import { trialNotFound } from "../study-change.ts";
import type { ImportedObservation, StudyArchive } from "../study-record.ts";
import type { Database } from "./database.ts";
import {
  configurationHash,
  document,
  importedFromRow,
  importedToDocument,
  integer,
  nullableText,
  reportFromRow,
  trialFromRow,
  trialToDocument,
} from "./rows.ts";
import type { StudyHead } from "./study-table.ts";

/** Rows of trials, of their reports and logs, and of imported results. Its methods belong inside a transaction. */
export class TrialTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(study: Pick<StudyHead, "key" | "name">, number: number): Trial {
    return this.#find(study, number).trial;
  }

  withLog(study: Pick<StudyHead, "key" | "name">, number: number): Trial {
    const trial = this.get(study, number);
    if (isPending(trial)) return trial;
    const row = this.#database.get("SELECT text FROM log WHERE study = ? AND number = ?", study.key, number);
    return row === undefined ? trial : { ...trial, log: document<string>(row, "text") };
  }

  /** The running trial that `fence` speaks for, or null where it is stale. */
  fenced(study: StudyHead, number: number, fence: Fence): RunningTrial | null {
    const { trial, token } = this.#find(study, number);
    if (trial.state !== "running" || trial.attempt !== fence.attempt) return null;
    return fence.token === undefined || fence.token === token ? trial : null;
  }

  /** Whether any trial has the configuration. */
  isTaken(key: number, { assignment, fidelity }: Pick<Trial, "assignment" | "fidelity">): boolean {
    const hash = configurationHash(assignment, fidelity);
    const sql = "SELECT number FROM trial WHERE study = ? AND configuration = ? LIMIT 1";
    return this.#database.get(sql, key, hash) !== undefined;
  }

  /** Trials that changed after `since`, by number, without their logs. */
  changed(key: number, since: number): readonly Trial[] {
    const reports = this.#changedReports(key, since);
    return this.#database
      .all("SELECT number, document FROM trial WHERE study = ? AND changed > ? ORDER BY number", key, since)
      .map((row) => trialFromRow(row, reports.get(integer(row, "number")) ?? []));
  }

  insert(key: number, trial: Trial, changed: number): void {
    this.#database.run(
      "INSERT INTO trial (study, number, state, changed, configuration, document) VALUES (?, ?, ?, ?, ?, ?)",
      key,
      trial.number,
      trial.state,
      changed,
      configurationHash(trial.assignment, trial.fidelity),
      trialToDocument(trial),
    );
  }

  /** Everything but reports, log and token. */
  update(key: number, trial: Trial, changed: number): void {
    this.#database.run(
      "UPDATE trial SET state = ?, changed = ?, document = ? WHERE study = ? AND number = ?",
      trial.state,
      changed,
      trialToDocument(trial),
      key,
      trial.number,
    );
  }

  /** The same for a new attempt, which has its token and none of the reports of the earlier one. */
  updateClaimed(
    key: number,
    trial: RunningTrial,
    { changed, token }: Readonly<{ changed: number; token: string }>,
  ): void {
    this.#database.run(
      "UPDATE trial SET state = ?, changed = ?, document = ?, token = ? WHERE study = ? AND number = ?",
      trial.state,
      changed,
      trialToDocument(trial),
      token,
      key,
      trial.number,
    );
    if (trial.attempt === 1) return;
    this.#database.run("DELETE FROM report WHERE study = ? AND number = ?", key, trial.number);
  }

  addReport(key: number, number: number, { step, value }: Report): void {
    this.#database.run("INSERT INTO report (study, number, step, value) VALUES (?, ?, ?, ?)", key, number, step, value);
  }

  setLog(key: number, number: number, log: string): void {
    if (log === "") return;
    this.#database.run("INSERT INTO log (study, number, text) VALUES (?, ?, ?)", key, number, JSON.stringify(log));
  }

  imported(key: number, since: number): readonly ImportedObservation[] {
    return this.#database
      .all("SELECT document FROM imported WHERE study = ? AND imported_at > ? ORDER BY key", key, since)
      .map(importedFromRow);
  }

  insertImported(key: number, observations: readonly ImportedObservation[]): void {
    const sql = "INSERT INTO imported (study, imported_at, document) VALUES (?, ?, ?)";
    for (const observation of observations) {
      this.#database.run(sql, key, observation.importedAt, importedToDocument(observation));
    }
  }

  /** Writes what an archive holds below a study that has just been inserted. */
  restore(key: number, { study, trials, imported }: Pick<StudyArchive, "study" | "trials" | "imported">): void {
    for (const trial of trials) {
      // When a pending trial changed last is not known; a finished one has not since.
      this.insert(key, trial, isPending(trial) ? study.sequence : trial.committedAt);
      for (const report of trial.reports) this.addReport(key, trial.number, report);
      if (!isPending(trial)) this.setLog(key, trial.number, trial.log);
    }
    this.insertImported(key, imported);
  }

  #find(
    study: Pick<StudyHead, "key" | "name">,
    number: number,
  ): { readonly trial: Trial; readonly token: string | null } {
    const sql = "SELECT document, token FROM trial WHERE study = ? AND number = ?";
    const row = this.#database.get(sql, study.key, number);
    if (row === undefined) throw trialNotFound(study.name, number);
    return { trial: trialFromRow(row, this.#reports(study.key, number)), token: nullableText(row, "token") };
  }

  #reports(key: number, number: number): readonly Report[] {
    return this.#database
      .all("SELECT step, value FROM report WHERE study = ? AND number = ? ORDER BY step", key, number)
      .map(reportFromRow);
  }

  #changedReports(key: number, since: number): ReadonlyMap<number, readonly Report[]> {
    const reports = new Map<number, Report[]>();
    const sql = `SELECT report.number, step, value FROM trial JOIN report USING (study, number)
      WHERE study = ? AND changed > ? ORDER BY report.number, step`;
    for (const row of this.#database.all(sql, key, since)) {
      const number = integer(row, "number");
      const known = reports.get(number);
      if (known === undefined) reports.set(number, [reportFromRow(row)]);
      else known.push(reportFromRow(row));
    }
    return reports;
  }
}
