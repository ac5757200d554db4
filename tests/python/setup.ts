import type { TestProject } from "vitest/node";
import { findOnPath, installDebianPackage } from "../programs.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly hasPython: boolean;
  }
}

const isOnPath = (): boolean => findOnPath(["python3"]) !== null;

/** Once for each run: whether there is a Python for what the docs show in it. In CI, having none is an error. */
export default function setup(project: TestProject): void {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const hasPython = isOnPath() || (installDebianPackage("python3", log) && isOnPath());
  if (!hasPython) {
    if ((process.env["CI"] ?? "") !== "") throw new Error("no python3 on the PATH, for the tests");
    log("Tests that need Python are left out: no python3 on the PATH");
  }
  project.provide("hasPython", hasPython);
}
