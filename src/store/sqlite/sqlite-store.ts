import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { Artifacts } from "../../artifacts/artifacts.ts";
import { directoryArtifacts } from "../../artifacts/directory.ts";
import { StudyDraft } from "../../artifacts/study-draft.ts";
import type { JsonObject } from "../../trial/json.ts";
import type { Observation } from "../../trial/observation.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { Holder, Trial } from "../../trial/trial.ts";
import { collectArtifacts } from "../collect-artifacts.ts";
import type {
  AttemptResult,
  Claim,
  Claimed,
  Committed,
  Fence,
  LeadOptions,
  Led,
  Reservation,
  Reserved,
  Store,
} from "../store.ts";
import * as change from "../study-change.ts";
import { checkStudyName } from "../study-name.ts";
import type {
  Control,
  Snapshot,
  StudyArchive,
  StudyRecord,
  StudySettings,
  StudySpec,
  TestRecord,
} from "../study-record.ts";
import type { Database } from "./database.ts";
import { StudyTable } from "./study-table.ts";
import { type Tables, TrialLife } from "./trial-life.ts";
import { TrialTable } from "./trial-table.ts";

interface SqliteStoreParts {
  readonly location: string;
  readonly artifacts: string;
  readonly now: () => number;
}

/** The store by its tables. Logs are left out of snapshots. */
export class SqliteStore implements Store {
  readonly location: string;
  readonly isDurable = true;
  readonly artifacts: Artifacts;
  /** Of all files. */
  readonly #folder: string;
  readonly #tables: Tables;
  readonly #life: TrialLife;

  constructor(database: Database, { location, artifacts, now }: SqliteStoreParts) {
    this.location = location;
    this.artifacts = directoryArtifacts(artifacts);
    this.#folder = resolve(artifacts);
    this.#tables = { database, studies: new StudyTable(database, location), trials: new TrialTable(database), now };
    this.#life = new TrialLife(this.#tables);
  }

  async createStudy(spec: StudySpec, settings: StudySettings): Promise<StudyRecord> {
    checkStudyName(spec.name);
    const record = change.newStudy(spec, settings, randomUUID(), this.#tables.now());
    return this.#write(({ studies }) => {
      studies.checkFree(record.name);
      studies.insert(record);
      return record;
    });
  }

  async findStudy(name: string): Promise<StudyRecord | null> {
    return this.#read(({ studies }) => studies.find(name));
  }

  async listStudies(): Promise<readonly StudyRecord[]> {
    return this.#read(({ studies }) => studies.list());
  }

  async renameStudy(name: string, to: string): Promise<void> {
    checkStudyName(to);
    this.#write(({ studies }) => {
      const { key, record } = studies.get(name);
      if (to === name) return;
      studies.checkFree(to);
      studies.update(key, { ...record, name: to });
    });
  }

  async deleteStudy(name: string): Promise<void> {
    // Files first: what ends between the two leaves a study that can be deleted again, not files of nobody. Before
    // them its row is written as it is: a store that is only for reading refuses that.
    const { id } = this.#change(name, (record) => record);
    await this.artifacts.removeStudy(id);
    this.#write(({ studies }) => {
      const { key, record } = studies.get(name);
      if (record.id === id) studies.delete(key);
    });
  }

  async collectArtifacts(name: string): Promise<number> {
    return collectArtifacts(this, name, () => this.#read(({ studies }) => studies.get(name).record));
  }

  async configure(name: string, patch: Partial<StudySettings>): Promise<StudyRecord> {
    return this.#change(name, (record) => change.withSettings(record, patch));
  }

  async setControl(name: string, control: Control, reason: string | null): Promise<StudyRecord> {
    return this.#change(name, (record) => change.withControl(record, control, reason));
  }

  async note(name: string, notes: JsonObject): Promise<void> {
    this.#change(name, (record) => change.withNotes(record, notes));
  }

  async recordTest(name: string, trial: number, metrics: TestRecord["metrics"]): Promise<TestRecord> {
    return this.#write(({ studies, trials, now }) => {
      const { key, record } = studies.get(name);
      trials.get({ key, name }, trial);
      const taken = change.withTest(record, { trial, metrics }, now());
      studies.update(key, taken.study);
      return taken.test;
    });
  }

  async snapshot(name: string, since: number): Promise<Snapshot> {
    return this.#read(({ studies, trials, now }) => {
      const { key, record: study } = studies.get(name);
      const nowMs = now();
      if (since >= study.sequence) return { study, nowMs, trials: [], imported: [] };
      return { study, nowMs, trials: trials.changed(key, since), imported: trials.imported(key, since) };
    });
  }

  async findTrial(name: string, number: number): Promise<Trial> {
    return this.#read(({ studies, trials }) => {
      const study = studies.head(name);
      return trials.withLog(study.key, trials.withReports(study.key, trials.get(study, number)));
    });
  }

  async reserve(name: string, reservation: Reservation): Promise<Reserved> {
    return this.#life.reserve(name, reservation);
  }

  async importObservations(name: string, observations: readonly Omit<Observation, "number">[]): Promise<void> {
    this.#life.importObservations(name, observations);
  }

  async claim(name: string, number: number, claim: Claim): Promise<Claimed> {
    return this.#life.claim(name, number, claim);
  }

  async renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    return this.#life.renew(name, number, fence, leaseMs);
  }

  async report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return this.#life.report(name, number, fence, reports);
  }

  async checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return this.#life.checkpoint(name, number, fence, step);
  }

  async judge(name: string, number: number, verdict: Verdict): Promise<void> {
    this.#life.judge(name, number, verdict);
  }

  async commit(name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed> {
    return this.#life.commit(name, number, fence, result);
  }

  async lead(name: string, holder: Holder, options: LeadOptions): Promise<Led> {
    return this.#write(({ studies, now }) => {
      const { key, record } = studies.get(name);
      const { driver, led } = change.decideLead(record.driver, holder, { ...options, nowMs: now() });
      if (driver !== null) studies.update(key, { ...record, driver });
      return led;
    });
  }

  async resign(name: string, holder: Holder): Promise<void> {
    this.#write(({ studies }) => {
      const { key, record } = studies.get(name);
      const leads = record.driver !== null && change.isSameHolder(record.driver.holder, holder);
      if (leads) studies.update(key, { ...record, driver: null });
    });
  }

  async exportStudy(name: string): Promise<StudyArchive> {
    const content = this.#read(({ studies, trials }) => {
      const { key, record } = studies.get(name);
      const all = trials.changed(key, 0).map((trial) => trials.withLog(key, trial));
      return { study: record, trials: all, imported: trials.imported(key, 0) };
    });
    const { archiveStudy } = await import("../archive.ts"); // its schema is what only archives need
    return archiveStudy(content, this.artifacts);
  }

  async importStudy(archive: StudyArchive, name?: string): Promise<StudyRecord> {
    const { checkArchive, restoredRecord, restoreWhole } = await import("../archive.ts"); // as above
    const checked = checkArchive(archive);
    const record = restoredRecord(checked, name ?? checked.study.name, randomUUID());
    checkStudyName(record.name);
    this.#read(({ studies }) => studies.checkFree(record.name));
    const draft = new StudyDraft(this.#folder, record.id);
    const insert = (): void =>
      this.#write(({ studies, trials }) => {
        studies.checkFree(record.name);
        trials.restore(studies.insert(record), checked);
        draft.place();
      });
    const artifacts = { of: draft.of, removeStudy: (id: string) => this.artifacts.removeStudy(id) };
    await restoreWhole(checked, record, { artifacts, insert });
    await draft.end();
    return record;
  }

  async close(): Promise<void> {
    this.#tables.database.close();
  }

  #read<T>(look: (tables: Tables) => T): T {
    return this.#tables.database.read(() => look(this.#tables));
  }

  #write<T>(act: (tables: Tables) => T): T {
    return this.#tables.database.write(() => act(this.#tables));
  }

  #change(name: string, changed: (record: StudyRecord) => StudyRecord): StudyRecord {
    return this.#write(({ studies }) => {
      const { key, record } = studies.get(name);
      const next = changed(record);
      studies.update(key, next);
      return next;
    });
  }
}
