import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = mkdtempSync(join(tmpdir(), "parzen-cli-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The built command line as this repository has it. */
export const BUILT: string = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The built command line as npm puts it on PATH. */
export const MAIN: string = join(root, "parzen");
symlinkSync(BUILT, MAIN);

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

/** The environment less what npm and a user's settings would change. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  const { PARZEN_STORE: _, npm_lifecycle_event: __, FORCE_COLOR: ___, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: "1" };
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

let folders = 0;

/** An empty folder that is removed after the tests of the file that imports this. */
export function emptyFolder(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}
