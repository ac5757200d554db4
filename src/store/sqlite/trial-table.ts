import type { Report } from "../../trial/report.ts";
import { normalReport } from "../../trial/transition.ts";
import { isPending, type RunningTrial, type Trial } from "../../trial/trial.ts";
import type { Fence } from "../store.ts";
import { trialNotFound } from "../study-errors.ts";
import type { ImportedObservation, StudyArchive } from "../study-record.ts";
import type { Database } from "./database.ts";
import type { Row } from "./driver.ts";
import type { Growth } from "./known-reports.ts";
import { ReportTable } from "./report-table.ts";
import {
  configurationHash,
  importedFromRow,
  importedToDocument,
  integer,
  logFromRow,
  logToDocument,
  nullableText,
  trialFromRow,
  trialToDocument,
} from "./rows.ts";
import type { StudyHead } from "./study-table.ts";

/** Rows of trials with their reports and logs, and of imported results. Its methods belong inside a transaction. */
export class TrialTable {
  readonly #database: Database;
  readonly #reports: ReportTable;

  constructor(database: Database) {
    this.#database = database;
    this.#reports = new ReportTable(database);
  }

  /** Without its reports and log: a trial may have thousands of reports, and most changes need none. */
  get(study: Pick<StudyHead, "key" | "name">, number: number): Trial {
    return trialFromRow(this.#row(study, number), []);
  }

  withReports<T extends Trial>(key: number, trial: T): T {
    return { ...trial, reports: this.#reports.all(key, trial.number) };
  }

  withLog(key: number, trial: Trial): Trial {
    if (isPending(trial)) return trial;
    const row = this.#database.get("SELECT text FROM log WHERE study = ? AND number = ?", key, trial.number);
    return row === undefined ? trial : { ...trial, log: logFromRow(row) };
  }

  /** The running trial that `fence` speaks for, without its reports, or null where it is stale. */
  fenced(study: StudyHead, number: number, fence: Fence): RunningTrial | null {
    const row = this.#row(study, number);
    const trial = trialFromRow(row, []);
    if (trial.state !== "running" || trial.attempt !== fence.attempt) return null;
    return fence.token === undefined || fence.token === nullableText(row, "token") ? trial : null;
  }

  /** Whether any trial has the configuration. */
  isTaken(key: number, { assignment, fidelity }: Pick<Trial, "assignment" | "fidelity">): boolean {
    const hash = configurationHash(assignment, fidelity);
    const sql = "SELECT number FROM trial WHERE study = ? AND configuration = ? LIMIT 1";
    return this.#database.get(sql, key, hash) !== undefined;
  }

  /** Trials that changed after `since`, by number, with their reports and without their logs. */
  changed(key: number, since: number): readonly Trial[] {
    const sql =
      "SELECT number, state, changed, token, document FROM trial WHERE study = ? AND changed > ? ORDER BY number";
    return this.#database.all(sql, key, since).map((row) => trialFromRow(row, this.#reports.ofRow(key, row)));
  }

  countPending(key: number): number {
    const sql = "SELECT count(*) AS pending FROM trial WHERE study = ? AND state IN ('queued', 'running')";
    return integer(this.#database.get(sql, key) ?? {}, "pending");
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

  /** The same for a new attempt, which has its token and of the earlier one's reports those up to the checkpoint. */
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
    if (trial.attempt > 1) this.dropReportsAfter(key, trial.number, trial.checkpoint ?? -1);
  }

  dropReportsAfter(key: number, number: number, step: number): void {
    this.#reports.dropAfter(key, number, step);
  }

  /** Adds reports as one change. @returns what came of it, for `grown`; null where each step was already there */
  addReports(study: StudyHead, number: number, reports: readonly Report[]): Growth | null {
    const added = reports.map(normalReport).filter((report) => this.#reports.add(study.key, number, report));
    if (added.length === 0) return null;
    const row = this.#row(study, number);
    const [from, to] = [integer(row, "changed"), study.sequence + 1];
    this.#database.run("UPDATE trial SET changed = ? WHERE study = ? AND number = ?", to, study.key, number);
    return { token: nullableText(row, "token") ?? "", from, to, added };
  }

  /** Reports that were added are committed now. */
  grown(growth: Growth): void {
    this.#reports.grown(growth);
  }

  setLog(key: number, number: number, log: string): void {
    if (log === "") return;
    this.#database.run("INSERT INTO log (study, number, text) VALUES (?, ?, ?)", key, number, logToDocument(log));
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
      for (const report of trial.reports) this.#reports.add(key, trial.number, report);
      if (!isPending(trial)) this.setLog(key, trial.number, trial.log);
    }
    this.insertImported(key, imported);
  }

  #row(study: Pick<StudyHead, "key" | "name">, number: number): Row {
    const sql = "SELECT document, token, changed FROM trial WHERE study = ? AND number = ?";
    const row = this.#database.get(sql, study.key, number);
    if (row === undefined) throw trialNotFound(study.name, number);
    return row;
  }
}
