import { MAX_NAME } from "../../src/store/study-name.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";

/** What `--fresh` puts behind the name of the old study: when it did, and which one of that second it is. */
const ENDING = /\.(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-(\d+))?$/;

/**
 * What `--fresh` calls an old study: its name, shortened where that would be too long.
 *
 * @param copy which one of that second it is, from 1
 */
export function renamedAt(name: string, date: Date, copy: number): string {
  const moment = date.toISOString().slice(0, 19).replaceAll(":", "-");
  return withEnding(name, copy === 1 ? `.${moment}` : `.${moment}-${copy}`);
}

function withEnding(name: string, ending: string): string {
  return [...name].slice(0, MAX_NAME - ending.length).join("") + ending;
}

/** Of these studies the one that `--fresh` renamed last from a name; null where there is none. */
export function lastRenamed(studies: readonly StudyRecord[], name: string): StudyRecord | null {
  const renamed = studies.filter((study) => {
    const [ending] = ENDING.exec(study.name) ?? [];
    return ending !== undefined && study.name !== name && study.name === withEnding(name, ending);
  });
  return renamed.toSorted((left, right) => compare(momentOf(left.name), momentOf(right.name))).at(-1) ?? null;
}

/** In a form whose order as text is that of the renamings. */
function momentOf(renamed: string): string {
  const [, moment = "", copy = "1"] = ENDING.exec(renamed) ?? [];
  return `${moment} ${copy.padStart(9, "0")}`;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
