import { randomUUID } from "node:crypto";
import type { Artifacts } from "../../artifacts/artifacts.ts";
import { isPending, type Trial } from "../../trial/trial.ts";
import { archiveStudy, checkArchive, restoredRecord, restoreFiles } from "../archive.ts";
import { studyExists } from "../study-errors.ts";
import { checkStudyName } from "../study-name.ts";
import type { StudyArchive, StudyRecord } from "../study-record.ts";
import type { Reading } from "./reading.ts";
import type { Records } from "./records.ts";
import type { Removals } from "./removals.ts";
import { observationToText } from "./rows/imported-row.ts";
import { deflateLog } from "./rows/log.ts";
import { toStored } from "./rows/stored-json.ts";
import { studyToFields } from "./rows/study-row.ts";
import { configurationHash, trialToFields } from "./rows/trial-fields.ts";
import type { StudyCalls } from "./server/study-calls.ts";

/** Trials that are written in one go: the server serves others in between. */
const AT_ONCE = 500;

export interface WholeStudiesOptions {
  readonly calls: StudyCalls;
  readonly records: Records;
  readonly reading: Reading;
  readonly removals: Removals;
  readonly artifacts: Artifacts;
}

/**
 * Export and import. A study has too many keys for one call, so its name is given to it last; until then its id is noted
 * among what is to be removed.
 */
export class WholeStudies {
  readonly #options: WholeStudiesOptions;

  constructor(options: WholeStudiesOptions) {
    this.#options = options;
  }

  async exportStudy(name: string): Promise<StudyArchive> {
    const { study, trials, imported } = await this.#options.reading.everything(name);
    return archiveStudy({ study, trials, imported }, this.#options.artifacts);
  }

  async importStudy(archive: StudyArchive, name?: string): Promise<StudyRecord> {
    const { calls, removals } = this.#options;
    const { server, keys } = calls;
    const checked = checkArchive(archive);
    const record = restoredRecord(checked, name ?? checked.study.name, randomUUID());
    checkStudyName(record.name);
    const taken = await server.answered(server.client.hexists(keys.studies, record.name));
    if (taken === 1) throw studyExists(record.name, server.location);
    await removals.finishAbandoned().catch(() => undefined); // it is noted still
    try {
      await this.#restore(record, checked);
    } catch (error) {
      // The first error counts; what is left then is noted among what is to be removed.
      await this.#takeBack(record, checked.trials.length).catch(() => undefined);
      throw error;
    }
    return record;
  }

  /** All of it anew where the server went away meanwhile: it may have lost the latest of what it had acknowledged. */
  async #restore(record: StudyRecord, archive: StudyArchive): Promise<void> {
    const { calls, records, removals, artifacts } = this.#options;
    const { server, keys } = calls;
    const pending = archive.trials.filter(isPending).length;
    const importedAt = String(archive.imported.at(-1)?.importedAt ?? 0);
    const fields = [...studyToFields(record, pending), "created", String(record.createdAtMs), "importedAt", importedAt];
    for (let isAgain = false; ; isAgain = true) {
      const { epoch } = server;
      if (isAgain) await removals.removeKeys(record.id, archive.trials.length);
      await server.answered(server.client.zadd(keys.removed, await removals.nowMs(), record.id));
      await restoreFiles(archive, record.id, artifacts);
      await this.#write(record.id, archive);
      const mark = randomUUID();
      await server.answered(server.client.hset(keys.study(record.id), "mark", mark));
      if (server.epoch === epoch && (await records.insertWhole(record, fields, mark))) return;
    }
  }

  async #write(id: string, { study, trials, imported }: StudyArchive): Promise<void> {
    const { server, keys } = this.#options.calls;
    for (let at = 0; at < trials.length; at += AT_ONCE) {
      const written = trials.slice(at, at + AT_ONCE).map((trial) => this.#writeTrial(id, trial, study.sequence));
      await Promise.all(written);
    }
    for (let at = 0; at < imported.length; at += AT_ONCE) {
      const some = imported.slice(at, at + AT_ONCE);
      const lines = some.map((observation) => `${observation.importedAt} ${observationToText(observation)}`);
      await server.answered(server.client.rpush(`${keys.study(id)}:imported`, ...lines));
    }
  }

  /** When a pending trial changed last is not known; a finished one has not since its commit. */
  async #writeTrial(id: string, trial: Trial, sequence: number): Promise<void> {
    const { server, keys } = this.#options.calls;
    const { client } = server;
    const study = keys.study(id);
    const writes: Promise<unknown>[] = [
      client.hset(keys.trial(id, trial.number), { ...trialToFields(trial) }),
      client.zadd(`${study}:changes`, isPending(trial) ? sequence : trial.committedAt, trial.number),
      client.sadd(`${study}:taken`, configurationHash(trial)),
    ];
    if (trial.state === "running") {
      writes.push(client.zadd(`${study}:running`, Math.min(trial.leaseUntilMs, Number.MAX_SAFE_INTEGER), trial.number));
    }
    if (trial.reports.length > 0) {
      const values = trial.reports.flatMap(({ step, value }) => [String(step), toStored(value, "report")]);
      writes.push(client.hset(keys.reports(id, trial.number), ...values));
    }
    const log = isPending(trial) ? "" : await deflateLog(trial.log);
    if (log !== "") writes.push(client.set(keys.log(id, trial.number), log));
    await server.answered(Promise.all(writes));
  }

  async #takeBack(record: StudyRecord, trials: number): Promise<void> {
    await this.#options.records.withdraw(record);
    await this.#options.removals.removeKeys(record.id, trials);
  }
}
