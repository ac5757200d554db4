import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { inject } from "vitest";
// Declares what `inject` gives.
import type {} from "./setup.ts";

const { root, built, main: linked } = inject("commandLines");

/** The built command line as this repository has it. */
export const BUILT: string = built;

/** The built command line as npm puts it on PATH. */
export const MAIN: string = linked;

/** How a command line ended. */
export interface Ran {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** What is run instead of `MAIN`. */
  readonly main?: string;
}

/** The environment less what npm and a user's settings would change, with `MAIN` on PATH. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  const { PARZEN_STORE: _, npm_lifecycle_event: __, FORCE_COLOR: ___, PATH = "", ...inherited } = process.env;
  return { ...inherited, PATH: [dirname(MAIN), PATH].join(delimiter), NO_COLOR: "1" };
}

/** Runs the built command line in a process of its own. */
export function parzen(args: readonly string[], { cwd, env = {}, input = "", main = MAIN }: Place): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...outsideEnvironment(), ...env }, maxBuffer: 16 * 1024 * 1024 };
    const child = execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr });
    });
    child.stdin?.on("error", () => undefined); // a command that reads no input has closed it
    child.stdin?.end(input);
  });
}

/** An empty folder, which is removed after the run. */
export function emptyFolder(): string {
  const folder = join(root, randomUUID());
  mkdirSync(folder);
  return folder;
}
