import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** A temporary folder that is removed when this process ends, also by Ctrl-C. */
export function temporaryFolder(name: string): string {
  leaveNothing();
  const folder = mkdtempSync(join(tmpdir(), `parzen-${name}-`));
  folders.add(folder);
  return folder;
}

/** Leaves a temporary folder where it is. */
export function keepFolder(folder: string): void {
  folders.delete(folder);
}

/** Kills a child when this process ends, if it is still there. */
export function endWithUs(child: ChildProcess): void {
  leaveNothing();
  children.add(child);
  child.once("exit", () => children.delete(child));
}

let isListening = false;

/** A signal would end this process without the event that it is ending. */
function leaveNothing(): void {
  if (isListening) return;
  isListening = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  process.once("exit", () => {
    for (const child of children) child.kill("SIGKILL");
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
}
