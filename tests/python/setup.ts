import { execFileSync } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { TestProject } from "vitest/node";
import { findOnPath, installDebianPackage } from "../programs.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly hasPython: boolean;
  }
}

const isOnPath = (): boolean => findOnPath(["python3"]) !== null;

/**
 * Puts the folder of the interpreter first on the PATH. A version manager has a script there instead, which starts a dozen
 * processes for each Python that a test starts.
 */
function passOverLauncher(): void {
  const itself = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  if (findOnPath(["python3"]) === itself) return;
  process.env["PATH"] = [dirname(itself), process.env["PATH"]].join(delimiter);
}

/** Once for each run: whether there is a Python for what the docs show in it. In CI, having none is an error. */
export default function setup(project: TestProject): void {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const hasPython = isOnPath() || (installDebianPackage("python3", log) && isOnPath());
  if (!hasPython) {
    if ((process.env["CI"] ?? "") !== "") throw new Error("no python3 on the PATH, for the tests");
    log("Tests that need Python are left out: no python3 on the PATH");
  }
  if (hasPython) passOverLauncher();
  project.provide("hasPython", hasPython);
}
