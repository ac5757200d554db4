import { randomUUID } from "node:crypto";
import type { Artifacts } from "../../artifacts/artifacts.ts";
import { isPending, type Trial } from "../../trial/trial.ts";
import { archiveStudy, checkArchive, restoredRecord, restoreFiles } from "../archive.ts";
import { studyExists } from "../study-errors.ts";
import { checkStudyName } from "../study-name.ts";
import type { StudyArchive, StudyRecord } from "../study-record.ts";
import { count, nullable, text } from "./fields.ts";
import { observationToText } from "./imported-row.ts";
import { deflateLog } from "./log.ts";
import type { Reading } from "./reading.ts";
import type { Records } from "./records.ts";
import { REMOVE } from "./scripts/studies.ts";
import { toStored } from "./stored-json.ts";
import type { StudyCalls } from "./study-calls.ts";
import { studyToFields } from "./study-row.ts";
import { configurationHash, trialToFields } from "./trial-fields.ts";

/** Trials that are written or removed in one go: the server serves others in between. */
const AT_ONCE = 500;
/** An import that has not ended by then never will. */
const ABANDONED_MS = 86_400_000;

export interface WholeStudiesOptions {
  readonly calls: StudyCalls;
  readonly records: Records;
  readonly reading: Reading;
  readonly artifacts: Artifacts;
}

/**
 * Export, import and removal. A study has too many keys for one call, so its name is given to it last and taken from it
 * first; in between its id is noted, and who deletes or imports later removes what somebody else left behind.
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
    const { calls, records, artifacts } = this.#options;
    const { server, keys } = calls;
    const checked = checkArchive(archive);
    const record = restoredRecord(checked, name ?? checked.study.name, randomUUID());
    checkStudyName(record.name);
    const taken = await server.answered(server.client.hexists(keys.studies, record.name));
    if (taken === 1) throw studyExists(record.name, server.location);
    await this.#removeAbandoned();
    await server.answered(server.client.zadd(keys.removed, await this.#nowMs(), record.id));
    try {
      await restoreFiles(checked, record.id, artifacts);
      await this.#write(record.id, checked);
      const pending = checked.trials.filter(isPending).length;
      const importedAt = String(checked.imported.at(-1)?.importedAt ?? 0);
      const fields = [...studyToFields(record, pending), "created", String(record.createdAtMs)];
      await records.insert(record, [...fields, "importedAt", importedAt]);
    } catch (error) {
      // The first error counts; what is left then is noted among what is to be removed.
      await this.#takeBack(record, checked.trials.length).catch(() => undefined);
      throw error;
    }
    return record;
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
    await this.#removeKeys(record.id, trials);
  }

  async deleteStudy(name: string): Promise<void> {
    const { calls, records } = this.#options;
    const [, id, next] = await calls.withKeys(REMOVE, name, [calls.keys.removed], []);
    records.forget(name);
    const key = calls.keys.studies;
    await this.#removeKeys(text({ key, value: id }), nullable(count, { key, value: next }) ?? 0);
    await this.#removeAbandoned();
  }

  /** Finishes what a process began that ended over it: removals at once, imports after a day. */
  async #removeAbandoned(): Promise<void> {
    const { server, keys } = this.#options.calls;
    const until = (await this.#nowMs()) - ABANDONED_MS;
    for (const id of await server.answered(server.client.zrangebyscore(keys.removed, "-inf", until))) {
      const next = await server.answered(server.client.hget(keys.study(id), "next"));
      const largest = await server.answered(
        server.client.zrange(`${keys.study(id)}:changes`, "+inf", "-inf", "BYSCORE", "REV", "LIMIT", 0, 1),
      );
      await this.#removeKeys(id, Math.max(Number(next ?? 0), Number(largest[0] ?? -1) + 1));
    }
  }

  /** Of the study's record last, so that a removal that is cut off can be done again. */
  async #removeKeys(id: string, trials: number): Promise<void> {
    const { calls, artifacts } = this.#options;
    const { server, keys } = calls;
    await artifacts.removeStudy(id);
    for (let at = 0; at < trials; at += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, trials - at) }, (_, index) => at + index);
      const some = numbers.flatMap((number) => [
        keys.trial(id, number),
        keys.reports(id, number),
        keys.log(id, number),
      ]);
      await server.answered(server.client.unlink(...some));
    }
    await server.answered(server.client.unlink(...keys.ofStudy(id)));
    await server.answered(server.client.zrem(keys.removed, id));
  }

  async #nowMs(): Promise<number> {
    const { server } = this.#options.calls;
    const [seconds] = await server.answered(server.client.time());
    return Number(seconds) * 1000;
  }
}
