import { differences } from "../../src/space/difference.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { codeChanges } from "../run/code-changes.ts";
import { placeNow, readNotes } from "../study/notes.ts";
import { shortHash } from "../study/version-text.ts";

/** One thing that is not as it was when a trial ran. */
export interface Differing {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What may make another result of a trial: all that differs from when it ran, as far as it was recorded. */
export function differencesFrom(
  record: StudyRecord,
  trial: StudyTrial<unknown>,
  sweep: LoadedSweep,
): readonly Differing[] {
  const notes = readNotes(record);
  const version = "version" in trial ? trial.version : null;
  const found: Differing[] = differences(record.space, sweep.source).map(({ path, before, after }) => ({
    what: path,
    before: before ?? "(nothing)",
    after: after ?? "(nothing)",
  }));
  if (version !== null && version !== sweep.version) {
    const files = version === notes.version ? codeChanges(notes, sweep) : [];
    const after = [short(sweep.version), ...(files.length > 0 ? [`(${files.join(", ")})`] : [])].join(" ");
    found.push({ what: "objective", before: short(version), after });
  }
  const then = version === null ? undefined : notes.places?.[version];
  const now = placeNow(sweep);
  const host = "host" in trial ? trial.host : null;
  if (host !== null && host !== now.host) found.push({ what: "host", before: host, after: now.host });
  for (const what of ["node", "parzen", "commit"] as const) {
    const [before, after] = [then?.[what], now[what]];
    if (before !== undefined && before !== after) found.push({ what, before: short(before), after: short(after) });
  }
  return found;
}

/** The backend that a trial was trained on then, where it is another one now. */
export function backendDifference(trial: StudyTrial<unknown>, backend: unknown): readonly Differing[] {
  const before = trial.state === "complete" ? trial.attributes["backend"] : undefined;
  if (before === undefined || backend === undefined || before === backend) return [];
  return [{ what: "backend", before: String(before), after: String(backend) }];
}

/** The first digits of a hash; other text as it is. */
function short(text: string | null): string {
  if (text === null) return "(none)";
  return /^[0-9a-f]{40,64}$/.test(text) ? shortHash(text) : text;
}
