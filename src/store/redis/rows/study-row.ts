import type { RootSpace } from "../../../space/node.ts";
import type { StoredWhere } from "../../../space/relation/where.ts";
import type { Fidelity } from "../../../trial/fidelity.ts";
import type { JsonObject } from "../../../trial/json.ts";
import { frozenCopy } from "../../frozen-copy.ts";
import {
  CONTROLS,
  DIRECTIONS,
  type DriverLease,
  type StudyRecord,
  type StudySettings,
  type StudySpec,
  type TestRecord,
} from "../../study-record.ts";
import { specOf } from "../../study-spec.ts";
import {
  count,
  doubles,
  type Found,
  holderFromTuple,
  json,
  list,
  nullable,
  oneOf,
  record,
  text,
  texts,
  time,
} from "./fields.ts";
import { corrupt, toStored } from "./stored-json.ts";

/*
 * Records of studies as hashes. Documents are JSON; beside them stand the few settings that scripts read.
 */

/** The part of a record that changes seldom, and what tells one state of it from the next. */
export interface StudyRest {
  readonly id: string;
  readonly rev: string;
  readonly record: Omit<StudyRecord, "sequence" | "nextNumber" | "driver">;
}

/** Their document, with the settings that scripts read. */
export function settingsToFields(settings: StudySettings): string[] {
  const { maxTrials, maxLost, errorRetries, trialTimeoutMs } = settings;
  const limit = (value: number | null): string => (value === null ? "" : String(value));
  const counts = ["maxLost", String(maxLost), "errorRetries", String(errorRetries)];
  const limits = ["maxTrials", limit(maxTrials), "trialTimeout", limit(trialTimeoutMs)];
  return ["settings", toStored(settings, "settings"), ...limits, ...counts];
}

/** All fields of a new record: pairs, flat. */
export function studyToFields(study: Omit<StudyRecord, "driver">, pending: number): readonly string[] {
  const { control, controlReason, resumedAt, sequence, nextNumber, tests, notes } = study;
  return [
    ...["name", study.name, "spec", toStored(specOf(study), "study")],
    ...settingsToFields(study.settings),
    ...["control", control, "reason", reasonToText(controlReason), "resumedAt", String(resumedAt)],
    ...["sequence", String(sequence), "next", String(nextNumber), "pending", String(pending)],
    ...["tests", toStored(tests, "tests"), "notes", toStored(notes, "notes")],
  ];
}

export function reasonToText(reason: string | null): string {
  return reason === null ? "" : toStored(reason, "reason");
}

/** @param fields name, created, spec, settings, control, reason, resumedAt, tests, notes */
export function restFromFields(key: string, id: string, rev: string, fields: readonly unknown[]): StudyRest {
  const found = fields.map((value): Found => ({ key, value }));
  const [name, created, spec, settings, control, reason, resumedAt, tests, notes] = found;
  if (!name || !created || !spec || !settings || !control || !reason || !resumedAt || !tests || !notes) {
    throw corrupt(key, "a study that is not whole");
  }
  return {
    id,
    rev,
    record: frozenCopy({
      ...specFrom(json(spec)),
      name: text(name),
      id,
      createdAtMs: time(created),
      settings: settingsFrom(json(settings)),
      control: oneOf(control, CONTROLS),
      controlReason: reason.value === "" ? null : text(json(reason)),
      resumedAt: count(resumedAt),
      tests: list(json(tests)).map((value) => testFrom({ key, value })),
      notes: record(json(notes)) as JsonObject, // `json` gives nothing else
    }),
  };
}

function specFrom(found: Found): StudySpec {
  const { key } = found;
  const spec = record(found);
  const at = (name: string): Found => ({ key, value: spec[name] });
  const sampler = record(at("sampler"));
  return {
    name: text(at("name")),
    // The driver compiles it, which checks it; a worker has its own.
    space: record(at("space")) as RootSpace,
    fingerprint: text(at("fingerprint")),
    where: whereFrom(at("where")),
    direction: oneOf(at("direction"), DIRECTIONS),
    metric: text(at("metric")),
    seed: time(at("seed")),
    sampler: {
      name: text({ key, value: sampler["name"] }),
      version: count({ key, value: sampler["version"] }),
      options: record({ key, value: sampler["options"] }) as JsonObject, // `json` gives nothing else
    },
    ...(spec["fidelity"] === undefined ? {} : { fidelity: fidelityFrom(at("fidelity")) }),
  };
}

function fidelityFrom(found: Found): Fidelity {
  const { key } = found;
  const { name, min, max, eta } = record(found);
  return {
    name: text({ key, value: name }),
    min: count({ key, value: min }),
    max: count({ key, value: max }),
    eta: count({ key, value: eta }),
  };
}

/** Studies that were written before there were relations have none. */
function whereFrom(found: Found): StoredWhere {
  if (found.value === undefined) return [];
  return found.value === "function" ? found.value : texts(found);
}

/** Those that this version knows; the limits may be infinite. */
function settingsFrom(found: Found): StudySettings {
  const { key } = found;
  const settings = record(found);
  const { pruner, ...numbers } = settings;
  for (const value of Object.values(numbers)) nullable(isNumber, { key, value });
  const { name, options } = record({ key, value: pruner });
  for (const limit of ["maxFailures", "maxLost", "errorRetries"]) isNumber({ key, value: numbers[limit] });
  text({ key, value: name });
  record({ key, value: options });
  return settings as unknown as StudySettings; // checked above, key by key
}

function isNumber({ key, value }: Found): boolean {
  if (typeof value === "number") return true;
  throw corrupt(key, "a setting that is no number");
}

function testFrom(found: Found): TestRecord {
  const { key } = found;
  const { trial, metrics, times, takenAtMs } = record(found);
  return {
    trial: count({ key, value: trial }),
    metrics: doubles({ key, value: metrics }),
    times: count({ key, value: times }),
    takenAtMs: time({ key, value: takenAtMs }),
  };
}

/** @param fields holder, end of the lease, slots; nothing where nobody drives */
export function driverFrom(key: string, [holder, until, slots]: readonly unknown[]): DriverLease | null {
  if (holder === null || holder === undefined) return null;
  return Object.freeze({
    holder: Object.freeze(holderFromTuple(json({ key, value: holder }))),
    leaseUntilMs: time({ key, value: until }),
    slots: time({ key, value: slots }),
  });
}
