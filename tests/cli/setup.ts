import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly commandLines: CommandLines;
  }
}

/** Where the tests of the command line are at home. */
export interface CommandLines {
  /** Of their folders. Removed after the run. */
  readonly root: string;
  /** The built command line as this repository has it. */
  readonly built: string;
  /** The built command line as npm puts it on PATH. */
  readonly main: string;
}

export default function setup(project: TestProject): () => void {
  const root = mkdtempSync(join(tmpdir(), "parzen-cli-"));
  const built = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const main = join(root, "parzen");
  symlinkSync(built, main);
  project.provide("commandLines", { root, built, main });
  return () => rmSync(root, { recursive: true, force: true });
}
