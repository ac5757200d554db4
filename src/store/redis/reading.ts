import type { Observation } from "../../trial/observation.ts";
import type { Report } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";
import { trialNotFound } from "../study-errors.ts";
import type { ImportedObservation, Snapshot } from "../study-record.ts";
import { KnownReports, NONE_KNOWN } from "./known-reports.ts";
import { type Records, revOf } from "./records.ts";
import { list, text } from "./rows/fields.ts";
import { importedFromText, observationToText } from "./rows/imported-row.ts";
import { inflateLog } from "./rows/log.ts";
import type { StudyRest } from "./rows/study-row.ts";
import { trialFromAnswer } from "./rows/trial-answer.ts";
import { FIND_TRIAL, IMPORT, SNAPSHOT } from "./scripts/read.ts";
import type { StudyCalls } from "./server/study-calls.ts";
import { Unanswered } from "./server/unanswered.ts";

/** Logs that are asked for in one go. */
const LOGS_AT_ONCE = 200;

/** Snapshots, trials and imports of studies. */
export class Reading {
  readonly #calls: StudyCalls;
  readonly #records: Records;
  readonly #unanswered = new Unanswered();
  readonly #reports = new KnownReports();

  constructor(calls: StudyCalls, records: Records) {
    this.#calls = calls;
    this.#records = records;
  }

  /**
   * Pages until one says that there is no more; see `SNAPSHOT` for why they are exact together. The next one is on its way
   * while one is read.
   */
  async snapshot(name: string, since: number): Promise<Snapshot> {
    const trials = new Map<number, Trial>();
    const imported: ImportedObservation[] = [];
    const { epoch } = this.#calls.server; // before the question: an answer from before a new connection is an old one
    let id: string | null = null;
    let asked = this.#ask(name, String(since), "");
    for (;;) {
      const page = await asked;
      if (page.hasMore) asked = this.#ask(name, page.upTo, page.index);
      // Reading this page may fail first.
      asked.catch(() => {});
      const { record: study, nowMs } = this.#records.read(name, page.record, page.known);
      // Deleted and made anew, or replaced by an import, between two pages: from the beginning.
      if (id !== null && id !== study.id) return this.snapshot(name, since);
      id = study.id;
      for (const trial of page.rows.map((row) => trialFromAnswer(row, { known: page.reports }))) {
        trials.set(trial.number, trial);
        this.#reports.remember(trial, { id, epoch, sequence: study.sequence });
      }
      const key = `${this.#calls.keys.study(id)}:imported`;
      for (const line of page.imports) imported.push(importedFromText(key, line));
      if (!page.hasMore) {
        const all = [...trials.values()].sort((left, right) => left.number - right.number);
        return { study, nowMs, trials: all, imported, epoch };
      }
    }
  }

  async #ask(name: string, since: string, index: string): Promise<Page> {
    const known = this.#records.known(name);
    const told = since === "0" ? NONE_KNOWN : this.#reports.told(known?.id, this.#calls.server.epoch);
    const answer = await this.#calls.ofStudy(SNAPSHOT, name, revOf(known), since, index, ...told.args);
    const [, record, rows, upTo, imports, next, more] = answer;
    const key = this.#calls.keys.studies;
    return {
      known,
      reports: told.reports,
      record,
      rows: list({ key, value: rows }),
      upTo: text({ key, value: upTo }),
      imports: list({ key, value: imports }),
      index: text({ key, value: next }),
      hasMore: more === 1,
    };
  }

  async findTrial(name: string, number: number): Promise<Trial> {
    const [kind, id, row] = await this.#calls.ofStudy(FIND_TRIAL, name, String(number));
    if (kind === "trial") throw trialNotFound(name, number);
    const trial = trialFromAnswer(row);
    if (!("log" in trial)) return trial;
    return this.#withLog(text({ key: this.#calls.keys.studies, value: id }), trial);
  }

  /** Everything, with logs: a trial that has ended gets no other log, so they may be read after the trials. */
  async everything(name: string): Promise<Snapshot> {
    const snapshot = await this.snapshot(name, 0);
    const trials: Trial[] = [];
    for (let at = 0; at < snapshot.trials.length; at += LOGS_AT_ONCE) {
      const some = snapshot.trials.slice(at, at + LOGS_AT_ONCE);
      trials.push(...(await Promise.all(some.map((trial) => this.#withLog(snapshot.study.id, trial)))));
    }
    return { ...snapshot, trials };
  }

  /** Written with the end of its trial, so it is there when the trial was seen to have ended. */
  async #withLog<T extends Trial>(id: string, trial: T): Promise<T> {
    if (!("log" in trial)) return trial;
    const key = this.#calls.keys.log(id, trial.number);
    const { server } = this.#calls;
    return { ...trial, log: await inflateLog(await server.answered(server.client.getBuffer(key)), key) };
  }

  async importObservations(name: string, observations: readonly Omit<Observation, "number">[]): Promise<void> {
    if (observations.length === 0) return void (await this.#records.find(name));
    const documents = observations.map(observationToText);
    await this.#unanswered.with(JSON.stringify(["import", name, ...documents]), (id) =>
      this.#calls.ofStudy(IMPORT, name, id, ...documents),
    );
  }
}

/** As it was answered: not read yet. */
interface Page {
  readonly known: StudyRest | null;
  /** Those of running trials that the question said it knew. */
  readonly reports: ReadonlyMap<number, readonly Report[]>;
  readonly record: unknown;
  readonly rows: readonly unknown[];
  /** The sequence that it goes up to. */
  readonly upTo: string;
  readonly imports: readonly unknown[];
  /** Of the first import after it; '' where nobody looked for imports. */
  readonly index: string;
  readonly hasMore: boolean;
}
