import type { Observation, ObservedResult } from "../../../trial/observation.ts";
import type { Report } from "../../../trial/report.ts";
import type { ImportedObservation } from "../../study-record.ts";
import { count, double, type Found, json, list, numbers, oneOf, record } from "./fields.ts";
import { lossesFrom } from "./finished-tuple.ts";
import { assignmentFrom } from "./proposal-tuple.ts";
import { corrupt, toStored } from "./stored-json.ts";

/** An imported result without its sequence, which stands before it. */
export function observationToText(observation: Omit<Observation, "number">): string {
  const { assignment, fidelity, reports, result } = observation;
  return toStored({ assignment, ...(fidelity === undefined ? {} : { fidelity }), reports, result }, "observation");
}

/** @param line `<sequence> <document>` */
export function importedFromText(key: string, line: unknown): ImportedObservation {
  const parts = typeof line === "string" ? /^(\d+) (.*)$/s.exec(line) : null;
  if (parts === null) throw corrupt(key, "what is no imported result");
  const { assignment, fidelity, reports, result } = record(json({ key, value: parts[2] }));
  return {
    number: null,
    importedAt: count({ key, value: parts[1] }),
    assignment: assignmentFrom({ key, value: assignment }),
    ...(fidelity === undefined ? {} : { fidelity: double({ key, value: fidelity }) }),
    reports: list({ key, value: reports }).map((value) => reportFrom({ key, value })),
    result: resultFrom({ key, value: result }),
  };
}

function reportFrom(found: Found): Report {
  const { key } = found;
  const { step, value } = record(found);
  return { step: count({ key, value: step }), value: double({ key, value }) };
}

function resultFrom(found: Found): ObservedResult {
  const { key } = found;
  const { kind: given, losses, constraints } = record(found);
  const kind = oneOf({ key, value: given }, ["complete", "pruned", "failed"]);
  if (kind === "failed") return { kind };
  const observed = { kind, losses: lossesFrom({ key, value: losses }) };
  return constraints === undefined ? observed : { ...observed, constraints: numbers({ key, value: constraints }) };
}
