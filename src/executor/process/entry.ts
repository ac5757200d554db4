import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ParzenError } from "../../errors.ts";

/** What runs in a process of its own, from the room of executors. */
const ENTRIES = { child: "module/child.js", reaper: "process/reaper-process.js" } as const;

type Entry = keyof typeof ENTRIES;

/**
 * Path of a program that runs in a process of its own. It is always the built one: Node runs it as it is, also where this
 * module itself was loaded from its TypeScript source.
 */
export function entryPath(name: Entry): string {
  const here = fileURLToPath(import.meta.url);
  const executors = dirname(dirname(here));
  if (!here.endsWith(".ts")) return join(executors, ENTRIES[name]);
  return join(executors, "..", "..", "dist", "src", "executor", ENTRIES[name]);
}

/** Sees that these programs are there. @throws ParzenError with code DEPENDENCY_MISSING */
export function checkEntries(): void {
  const missing = (["child", "reaper"] as const).find((name) => !isThere(name));
  if (missing === undefined) return;
  throw new ParzenError("DEPENDENCY_MISSING", `child processes cannot be started: ${ENTRIES[missing]} is not there`, {
    hint: "A bundler has to leave parzen out, as an external package; else install it again",
  });
}

/** A bundler may leave this module no URL. */
function isThere(name: Entry): boolean {
  return Boolean(import.meta.url) && existsSync(entryPath(name));
}
