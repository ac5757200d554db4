import type { Report } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";
import { count, double, type Found, json, list, text } from "./fields.ts";
import { trialFromRow } from "./trial-row.ts";

/** A trial of a script's answer: what the Lua function `row` gives. */
export function trialFromAnswer(answer: unknown, log = ""): Trial {
  const [given, row] = list({ key: "a script's answer", value: answer });
  const study = text({ key: "a script's answer", value: given });
  const [number, fields, lease, reports] = list({ key: study, value: row });
  const trial = count({ key: study, value: number });
  const key = `${study}:t:${trial}`;
  const found = {
    fields: pairs({ key, value: fields }),
    lease: text({ key, value: lease }),
    reports: reportsFrom({ key: `${study}:r:${trial}`, value: reports }),
  };
  return trialFromRow(key, trial, found, log);
}

function pairs(found: Found): ReadonlyMap<string, string> {
  const flat = list(found);
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) {
    fields.set(text({ key: found.key, value: flat[at] }), text({ key: found.key, value: flat[at + 1] }));
  }
  return fields;
}

function reportsFrom(found: Found): readonly Report[] {
  const { key } = found;
  const flat = list(found);
  const reports: Report[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    reports.push({ step: count({ key, value: flat[at] }), value: double(json({ key, value: flat[at + 1] })) });
  }
  return reports.sort((left, right) => left.step - right.step);
}
