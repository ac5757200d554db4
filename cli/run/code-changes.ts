import type { LoadedSweep } from "../../src/sweep/load.ts";
import { count } from "../render/figure.ts";
import type { RunNotes } from "../study/notes.ts";

/** How many files are named; an objective may import hundreds. */
const NAMED = 10;

/** The files of the objective that differ from those of the last run, one line each, and how many more there are. */
export function codeChanges({ files = {}, version }: Partial<RunNotes>, sweep: LoadedSweep): readonly string[] {
  if (version === undefined || version === sweep.version) return [];
  const now = new Map(sweep.files.map(({ file, hash }) => [file, hash]));
  const names = [...new Set([...Object.keys(files), ...now.keys()])].toSorted();
  const lines = names.flatMap((name) => {
    if (files[name] === now.get(name)) return [];
    if (files[name] === undefined) return [`added ${name}`];
    return [`${now.has(name) ? "changed" : "removed"} ${name}`];
  });
  if (lines.length <= NAMED + 1) return lines;
  return [...lines.slice(0, NAMED), `and ${count(lines.length - NAMED, "other file")}`];
}
