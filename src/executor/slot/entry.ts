import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ParzenError } from "../../errors.ts";

type Entry = "child" | "reaper-process";

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
  for (const name of ["child", "reaper-process"] as const) {
    const path = entryPath(name);
    if (existsSync(path)) continue;
    throw new ParzenError("DEPENDENCY_MISSING", `child processes cannot be started: there is no ${path}`, {
      hint: "A bundler has to leave parzen out, as an external package; else install it again",
    });
  }
}
