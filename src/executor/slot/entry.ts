import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Path of a program of this room that runs in a process of its own. It is always the built one: Node runs it as it is,
 * also where this module itself was loaded from its TypeScript source.
 */
export function entryPath(name: "child" | "reaper-process"): string {
  const here = fileURLToPath(import.meta.url);
  const room = dirname(here);
  if (!here.endsWith(".ts")) return join(room, `${name}.js`);
  return join(room, "..", "..", "..", "dist", "src", "executor", "slot", `${name}.js`);
}
