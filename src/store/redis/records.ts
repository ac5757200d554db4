import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../trial/json.ts";
import * as change from "../study-change.ts";
import { studyExists, trialNotFound } from "../study-errors.ts";
import { checkStudyName } from "../study-name.ts";
import type { Control, StudyRecord, StudySettings, StudySpec, TestRecord } from "../study-record.ts";
import { count, list, text, time } from "./rows/fields.ts";
import { corrupt, toStored } from "./rows/stored-json.ts";
import {
  driverFrom,
  reasonToText,
  restFromFields,
  type StudyRest,
  settingsToFields,
  studyToFields,
} from "./rows/study-row.ts";
import { SCHEMA } from "./schema.ts";
import { FIND } from "./scripts/read.ts";
import { CONTROL, CREATE, RENAME, REPLACE, WITHDRAW } from "./scripts/studies.ts";
import type { StudyCalls } from "./server/study-calls.ts";
import { Unanswered } from "./server/unanswered.ts";

/** A record, and the server's time at which it was so. */
export interface FoundRecord {
  readonly record: StudyRecord;
  readonly rev: string;
  readonly nowMs: number;
}

/**
 * Records of studies. What changes seldom is asked for once and kept, until the record says that it is another: of most
 * looks at a study only its counters cross the wire.
 */
export class Records {
  readonly #calls: StudyCalls;
  /** By name. */
  readonly #known = new Map<string, StudyRest>();
  readonly #unanswered = new Unanswered();

  constructor(calls: StudyCalls) {
    this.#calls = calls;
  }

  /** What is known of a study before a question about it. */
  known(name: string): StudyRest | null {
    return this.#known.get(name) ?? null;
  }

  /** A record of a script's answer, what the Lua function `record` gives, to a question that said what is `known`. */
  read(name: string, answer: unknown, known: StudyRest | null): FoundRecord {
    const { studies } = this.#calls.keys;
    const [id, now, hot, rest] = list({ key: studies, value: answer });
    const key = this.#calls.keys.study(text({ key: studies, value: id }));
    const [rev, sequence, next, ...driver] = list({ key, value: hot });
    const fields = list({ key, value: rest });
    const isKnown = fields.length === 0;
    const current = isKnown ? known : restFromFields(key, text({ key, value: id }), text({ key, value: rev }), fields);
    if (current === null) throw corrupt(key, "nothing");
    this.#remember(name, current);
    const counters = { sequence: count({ key, value: sequence }), nextNumber: count({ key, value: next }) };
    const record = Object.freeze({ ...current.record, ...counters, driver: driverFrom(key, driver) });
    return { record, rev: current.rev, nowMs: time({ key, value: now }) };
  }

  async find(name: string): Promise<FoundRecord> {
    const known = this.known(name);
    const [, found] = await this.#calls.ofStudy(FIND, name, revOf(known));
    return this.read(name, found, known);
  }

  /** @throws STUDY_EXISTS */
  async create(spec: StudySpec, settings: StudySettings): Promise<StudyRecord> {
    checkStudyName(spec.name);
    return this.#unanswered.with(JSON.stringify(["create", spec, settings]), async (id) => {
      const record = change.newStudy(spec, settings, id, 0);
      const createdAtMs = await this.#insert(record, studyToFields(record, 0), "");
      return Object.freeze({ ...record, createdAtMs: createdAtMs ?? 0 }); // without a mark it is made
    });
  }

  /**
   * Gives its name to a study of which all the rest is written, and whose record has the mark as the last of it.
   *
   * @returns false where the server has lost the mark, and what else nobody knows
   * @throws STUDY_EXISTS
   */
  async insertWhole(record: StudyRecord, fields: readonly string[], mark: string): Promise<boolean> {
    return (await this.#insert(record, fields, mark)) !== null;
  }

  /** @returns when it was made; null where the mark is not there @throws STUDY_EXISTS */
  async #insert({ name, id }: StudyRecord, fields: readonly string[], mark: string): Promise<number | null> {
    const { server, keys, now } = this.#calls;
    const args = [name, now, id, String(SCHEMA), mark, "rev", randomUUID(), ...fields];
    const [kind, at] = await server.run(CREATE, [keys.studies, keys.study(id), keys.schema, keys.removed], args);
    if (kind === "exists") throw studyExists(name, server.location);
    return kind === "lost" ? null : time({ key: keys.study(id), value: at });
  }

  /**
   * Takes a study out of sight, whatever it is called by now, also one whose insertion failed: it may have happened all the
   * same, or may still.
   */
  async withdraw({ name, id }: Pick<StudyRecord, "name" | "id">): Promise<void> {
    const { server, keys } = this.#calls;
    await server.run(WITHDRAW, [keys.studies, keys.removed, keys.study(id)], [name, id]);
  }

  async rename(name: string, to: string): Promise<void> {
    checkStudyName(to);
    const [kind] = await this.#calls.ofStudy(RENAME, name, to, randomUUID());
    if (kind === "exists") throw studyExists(to, this.#calls.server.location);
    this.#known.delete(name);
  }

  async configure(name: string, patch: Partial<StudySettings>): Promise<StudyRecord> {
    return this.#replace(name, "settings", (record) => change.withSettings(record, patch));
  }

  async note(name: string, notes: JsonObject): Promise<void> {
    await this.#replace(name, "notes", (record) => change.withNotes(record, notes));
  }

  async recordTest(name: string, test: Pick<TestRecord, "trial" | "metrics">): Promise<TestRecord> {
    const tested = await this.#replace(name, "tests", (record, nowMs) => {
      if (test.trial >= record.nextNumber) throw trialNotFound(name, test.trial);
      return change.withTest(record, test, nowMs).study;
    });
    const taken = tested.tests.find(({ trial }) => trial === test.trial);
    if (taken === undefined) throw trialNotFound(name, test.trial);
    return taken;
  }

  async setControl(name: string, control: Control, reason: string | null): Promise<StudyRecord> {
    await this.#calls.ofStudy(CONTROL, name, control, reasonToText(reason), randomUUID());
    return (await this.find(name)).record;
  }

  forget(name: string): void {
    this.#known.delete(name);
  }

  /** Compare-and-set of one document: where another process was faster, what it left is read, and changed again. */
  async #replace(
    name: string,
    field: "settings" | "notes" | "tests",
    changed: (record: StudyRecord, nowMs: number) => StudyRecord,
  ): Promise<StudyRecord> {
    for (;;) {
      const { record, rev, nowMs } = await this.find(name);
      const next = changed(record, nowMs);
      const fields = field === "settings" ? settingsToFields(next.settings) : [field, toStored(next[field], field)];
      const [kind] = await this.#calls.ofStudy(REPLACE, name, rev, randomUUID(), ...fields);
      if (kind === "replaced") return (await this.find(name)).record;
    }
  }

  #remember(name: string, rest: StudyRest): void {
    if (this.#known.size >= 256) this.#known.clear();
    this.#known.set(name, rest);
  }
}

/** How a question says what is known. */
export function revOf(known: StudyRest | null): string {
  return known === null ? "" : `${known.id}/${known.rev}`;
}
