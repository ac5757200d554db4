import type { StudyRecord } from "../../src/store/study-record.ts";

/** What `--fresh` puts behind the name of the old study: when it did, and which one of that second it is. */
const ENDING = /\.(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-(\d+))?$/;

/** Of these studies the one that `--fresh` renamed last from a name; null where there is none. */
export function lastRenamed(studies: readonly StudyRecord[], name: string): StudyRecord | null {
  const renamed = studies.filter((study) => study.name !== name && study.name.replace(ENDING, "") === name);
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
