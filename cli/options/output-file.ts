import { realpath, stat, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { writeWhole } from "../../src/artifacts/whole-file.ts";
import { ParzenError, systemReason } from "../../src/errors.ts";
import { readPath } from "./option-value.ts";

export interface OutputOption {
  readonly output?: string;
}

export function addOutputOption(command: Command): Command {
  return command.option("-o, --output <file>", "write there instead of to stdout", readPath);
}

/** Writes a whole document to the file that was named, or to stdout. @throws OPTION_INVALID where it cannot */
export async function writeOutput({ output }: OutputOption, text: string): Promise<void> {
  if (output === undefined || output === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    await writeDocument(output, text);
  } catch (cause) {
    throw new ParzenError("OPTION_INVALID", `--output: cannot write ${output}: ${systemReason(cause)}`, { cause });
  }
}

/** Where nothing can be beside the file, as where it is mounted alone. */
const ALONE = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV", "ENAMETOOLONG"]);

/** An earlier file stays until the new one is whole, as far as the place allows it; a pipe or a device gets the text. */
async function writeDocument(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const earlier = await stat(target).catch(() => null);
  if (earlier !== null && !earlier.isFile()) return writeFile(target, text);
  try {
    await writeWhole(target, text, earlier?.mode);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && ALONE.has(String(error.code)))) throw error;
    await writeFile(target, text);
  }
}
