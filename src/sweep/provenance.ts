import { execFileSync, type StdioOptions } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { LoadedSweep } from "./load.ts";

/** Where the code of a sweep comes from: what tells people apart two versions of it. */
export interface Provenance {
  /** Of the git repository that holds the sweep; null without one. */
  readonly commit: string | null;
  /** When the newest of its files was changed. */
  readonly changedAtMs: number;
}

export function provenanceOf({ file, files }: Pick<LoadedSweep, "file" | "files">): Provenance {
  const folder = dirname(file);
  const times = files.map((each) => statSync(resolve(folder, each.file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return { commit: commitOf(folder), changedAtMs: Math.round(Math.max(0, ...times)) };
}

/** The commit that is checked out at a folder. */
function commitOf(folder: string): string | null {
  try {
    const stdio: StdioOptions = ["ignore", "pipe", "ignore"];
    return execFileSync("git", ["rev-parse", "HEAD"], { cwd: folder, encoding: "utf8", stdio }).trim();
  } catch {
    return null; // no git, or no repository
  }
}
