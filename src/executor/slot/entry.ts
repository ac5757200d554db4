import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ParzenError } from "../../errors.ts";

const ENTRIES = ["child", "reaper-process"] as const;

type Entry = (typeof ENTRIES)[number];

/**
 * Path of a program of this room that runs in a process of its own. It is always the built one: Node runs it as it is,
 * also where this module itself was loaded from its TypeScript source.
 */
export function entryPath(name: Entry): string {
  const here = fileURLToPath(import.meta.url);
  const room = dirname(here);
  if (!here.endsWith(".ts")) return join(room, `${name}.js`);
  return join(room, "..", "..", "..", "dist", "src", "executor", "slot", `${name}.js`);
}

/** Sees that the programs of this room are there. @throws ParzenError with code DEPENDENCY_MISSING */
export function checkEntries(): void {
  const missing = ENTRIES.find((name) => !isThere(name));
  if (missing === undefined) return;
  throw new ParzenError("DEPENDENCY_MISSING", `child processes cannot be started: ${missing}.js is not there`, {
    hint: "A bundler has to leave parzen out, as an external package; else install it again",
  });
}

/** A bundler may leave this module no URL. */
function isThere(name: Entry): boolean {
  return Boolean(import.meta.url) && existsSync(entryPath(name));
}
