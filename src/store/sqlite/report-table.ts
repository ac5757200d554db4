import type { Report } from "../../trial/report.ts";
import type { Database } from "./database.ts";
import type { Row } from "./driver.ts";
import { type Growth, KnownReports } from "./known-reports.ts";
import { integer, nullableText, reportFromRow } from "./rows.ts";

/** Rows of reports. Its methods belong inside a transaction. */
export class ReportTable {
  readonly #database: Database;
  readonly #known = new KnownReports();

  constructor(database: Database) {
    this.#database = database;
  }

  all(key: number, number: number): readonly Report[] {
    const sql = "SELECT step, value FROM report WHERE study = ? AND number = ? ORDER BY step";
    return this.#database.all(sql, key, number).map(reportFromRow);
  }

  /** Those of a trial whose row was read; of one that runs they are read again only where it changed elsewhere. */
  ofRow(key: number, row: Row): readonly Report[] {
    const [number, changed, token] = [integer(row, "number"), integer(row, "changed"), nullableText(row, "token")];
    if (token === null || row["state"] !== "running") {
      if (token !== null) this.#known.forget(token);
      return this.all(key, number);
    }
    const known = this.#known.get(token, changed);
    if (known !== null) return known;
    const reports = Object.freeze(this.all(key, number));
    this.#known.set(token, { changed, reports });
    return reports;
  }

  /** @returns false where the step is already there */
  add(key: number, number: number, { step, value }: Report): boolean {
    const sql = "INSERT INTO report (study, number, step, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    return this.#database.run(sql, key, number, step, value) > 0;
  }

  dropAfter(key: number, number: number, step: number): void {
    const sql = "DELETE FROM report WHERE study = ? AND number = ? AND step > ?";
    this.#database.run(sql, key, number, step);
  }

  /** Reports that were added are committed now. */
  grown(growth: Growth): void {
    this.#known.grow(growth);
  }
}
