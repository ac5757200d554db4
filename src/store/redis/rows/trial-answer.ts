import type { Report } from "../../../trial/report.ts";
import type { Trial } from "../../../trial/trial.ts";
import { count, double, type Found, json, list, text } from "./fields.ts";
import { trialFromRow } from "./trial-row.ts";

/** What `trialFromAnswer` reads beside the answer. */
export interface AnswerParts {
  /** Of a finished trial; '' where nobody asked for it. */
  readonly log?: string;
  /** The reports that the reader said it knew, by trial. */
  readonly known?: ReadonlyMap<number, readonly Report[]>;
}

/** A trial of a script's answer: what the Lua function `row` gives, or `grownRow` to a reader that knew some reports. */
export function trialFromAnswer(answer: unknown, { log = "", known }: AnswerParts = {}): Trial {
  const [given, ...row] = list({ key: "a script's answer", value: answer });
  const key = text({ key: "a script's answer", value: given });
  const number = count({ key, value: key.slice(key.lastIndexOf(":") + 1) });
  if (row.length === 2) {
    const fields = new Map([
      ["s", text({ key, value: row[0] })],
      ["d", text({ key, value: row[1] })],
    ]);
    return trialFromRow(key, number, { fields, lease: "", reports: [] }, log);
  }
  const [fields, lease, reports, isGrown] = row;
  const before = isGrown === 1 ? known?.get(number) : undefined;
  const found = {
    fields: pairs({ key, value: fields }),
    lease: text({ key, value: lease }),
    reports: [...(before ?? []), ...reportsFrom({ key: key.replace(/:t:(\d+)$/, ":r:$1"), value: reports })],
  };
  return trialFromRow(key, number, found, log);
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
