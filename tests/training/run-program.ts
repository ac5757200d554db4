import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Runs a TypeScript program of `programs/` in a process of its own. */
export function runProgram(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const program = fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url));
  return promisify(execFile)(process.execPath, ["--import", "tsx", program, ...args], {
    env: { ...process.env, NODE_OPTIONS: "", ...env },
  });
}
