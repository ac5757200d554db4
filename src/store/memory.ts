import { randomUUID } from "node:crypto";
import { memoryArtifacts } from "../artifacts/memory.ts";
import type { JsonObject } from "../trial/json.ts";
import type { Observation } from "../trial/observation.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { Holder, Trial } from "../trial/trial.ts";
import { archiveStudy, checkArchive, restoredRecord, restoreWhole } from "./archive.ts";
import { collectArtifacts } from "./collect-artifacts.ts";
import { MemoryStudy } from "./memory-study.ts";
import type {
  AttemptResult,
  ChangeHint,
  Claim,
  Claimed,
  Committed,
  Fence,
  LeadOptions,
  Led,
  Reservation,
  Reserved,
  Store,
  StoreClock,
} from "./store.ts";
import * as change from "./study-change.ts";
import { studyExists, studyNotFound } from "./study-errors.ts";
import { checkStudyName } from "./study-name.ts";
import type {
  Control,
  Snapshot,
  StudyArchive,
  StudyRecord,
  StudySettings,
  StudySpec,
  TestRecord,
} from "./study-record.ts";

/** Studies that end with their process: for `fmin` without a store, and for tests. */
export function memoryStore(options: StoreClock = {}): Store {
  return new MemoryStore(options.now ?? Date.now);
}

class MemoryStore implements Store {
  readonly location = "memory:";
  readonly isDurable = false;
  readonly artifacts = memoryArtifacts();
  /** By time of creation. */
  readonly #studies = new Map<string, MemoryStudy>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async createStudy(spec: StudySpec, settings: StudySettings): Promise<StudyRecord> {
    this.#checkFree(spec.name);
    const record = change.newStudy(spec, settings, randomUUID(), this.#now());
    this.#studies.set(spec.name, new MemoryStudy(record, this.#now));
    return record;
  }

  async findStudy(name: string): Promise<StudyRecord | null> {
    return this.#studies.get(name)?.record ?? null;
  }

  async listStudies(): Promise<readonly StudyRecord[]> {
    const records = [...this.#studies.values()].map((study) => study.record);
    return records.sort((left, right) => left.createdAtMs - right.createdAtMs);
  }

  async renameStudy(name: string, to: string): Promise<void> {
    const study = this.#study(name);
    if (to === name) return;
    this.#checkFree(to);
    study.record = Object.freeze({ ...study.record, name: to });
    this.#studies.delete(name);
    this.#studies.set(to, study);
  }

  async deleteStudy(name: string): Promise<void> {
    const { id } = this.#study(name).record;
    this.#studies.delete(name);
    await this.artifacts.removeStudy(id);
  }

  async collectArtifacts(name: string): Promise<number> {
    return collectArtifacts(this, name, () => this.#study(name).record);
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
    const study = this.#study(name);
    study.find(trial);
    const taken = change.withTest(study.record, { trial, metrics }, this.#now());
    study.record = taken.study;
    return taken.test;
  }

  async snapshot(name: string, since: number): Promise<Snapshot> {
    return this.#study(name).snapshot(since);
  }

  async findTrial(name: string, number: number): Promise<Trial> {
    return this.#study(name).find(number);
  }

  async reserve(name: string, reservation: Reservation): Promise<Reserved> {
    return this.#study(name).reserve(reservation);
  }

  async importObservations(name: string, observations: readonly Omit<Observation, "number">[]): Promise<void> {
    this.#study(name).importObservations(observations);
  }

  async claim(name: string, number: number, claim: Claim): Promise<Claimed> {
    const study = this.#study(name);
    if (claim.studyId !== undefined && claim.studyId !== study.record.id) throw studyNotFound(name, this.location);
    return study.claim(number, claim);
  }

  async renew(name: string, number: number, fence: Fence, leaseMs: number): Promise<Verdict | "stale"> {
    return this.#study(name).renew(number, fence, leaseMs);
  }

  async report(name: string, number: number, fence: Fence, reports: readonly Report[]): Promise<Verdict | "stale"> {
    return this.#study(name).report(number, fence, reports);
  }

  async checkpoint(name: string, number: number, fence: Fence, step: number): Promise<Verdict | "stale"> {
    return this.#study(name).checkpoint(number, fence, step);
  }

  async judge(name: string, number: number, verdict: Verdict): Promise<void> {
    this.#study(name).judge(number, verdict);
  }

  async commit(name: string, number: number, fence: Fence, result: AttemptResult): Promise<Committed> {
    return this.#study(name).commit(number, fence, result);
  }

  async lead(name: string, holder: Holder, options: LeadOptions): Promise<Led> {
    const study = this.#study(name);
    const { driver, led } = change.decideLead(study.record.driver, holder, { ...options, nowMs: this.#now() });
    if (driver !== null) study.record = Object.freeze({ ...study.record, driver });
    return led;
  }

  async resign(name: string, holder: Holder): Promise<void> {
    const { record } = this.#study(name);
    if (record.driver === null || !change.isSameHolder(record.driver.holder, holder)) return;
    this.#change(name, (current) => Object.freeze({ ...current, driver: null }));
  }

  async watch(name: string, changed: (hint: ChangeHint) => void): Promise<() => Promise<void>> {
    const end = this.#study(name).watch(() => changed("any"));
    return async () => end();
  }

  async exportStudy(name: string): Promise<StudyArchive> {
    const study = this.#study(name);
    return archiveStudy({ study: study.record, trials: study.trials, imported: [...study.imported] }, this.artifacts);
  }

  async importStudy(archive: StudyArchive, name?: string): Promise<StudyRecord> {
    const checked = checkArchive(archive);
    const record = restoredRecord(checked, name ?? checked.study.name, randomUUID());
    this.#checkFree(record.name);
    const insert = (): void => {
      this.#checkFree(record.name);
      this.#studies.set(record.name, new MemoryStudy(record, this.#now, checked));
    };
    await restoreWhole(checked, record, { artifacts: this.artifacts, insert });
    return record;
  }

  async close(): Promise<void> {}

  #study(name: string): MemoryStudy {
    const study = this.#studies.get(name);
    if (study === undefined) throw studyNotFound(name, this.location);
    return study;
  }

  #change(name: string, changed: (record: StudyRecord) => StudyRecord): StudyRecord {
    const study = this.#study(name);
    study.record = changed(study.record);
    return study.record;
  }

  #checkFree(name: string): void {
    checkStudyName(name);
    if (this.#studies.has(name)) throw studyExists(name, this.location);
  }
}
