import { realpath } from "node:fs/promises";
import type { LocalModule } from "./bundle.ts";
import { type ModuleCode, readCode } from "./module-code.ts";

/**
 * The code of a sweep as one process found it: another one, which loads the same sweep, need not look for its modules
 * while their files stay as they are.
 */
export interface KnownCode {
  /** The sweep's own module, absolute, symbolic links followed. */
  readonly entry: string;
  readonly modules: readonly ModuleCode[];
}

const known = new Map<string, KnownCode>();

/**
 * What this process found when it last loaded a sweep; null where it did not, or could not be sure.
 *
 * @param file absolute
 */
export function knownCode(file: string): KnownCode | null {
  return known.get(file) ?? null;
}

/**
 * Keeps what was found for `knownCode`, unless a file may take an import from another, or one was edited meanwhile.
 *
 * @param file absolute
 * @param modules as they were when they were found
 * @param code of each, read since
 */
export async function keepCode(
  file: string,
  modules: readonly LocalModule[],
  code: readonly ModuleCode[],
): Promise<void> {
  const isWhole = modules.every(({ isExact, size }, index) => isExact && size === code[index]?.size);
  if (isWhole) known.set(file, { entry: await realpath(file), modules: code });
  else known.delete(file);
}

/** Whether the files are still as they were found, and still those of the sweep. @param file absolute */
export async function isCurrent({ entry, modules }: KnownCode, file: string): Promise<boolean> {
  try {
    if ((await realpath(file)) !== entry) return false;
    const now = await Promise.all(modules.map(readCode));
    return now.every(({ digest }, index) => digest === modules[index]?.digest);
  } catch {
    return false; // one is gone or broken: loading it says how
  }
}
