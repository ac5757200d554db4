import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { ParzenError } from "../src/errors.ts";

export interface OutputOption {
  readonly output?: string;
}

export function addOutputOption(command: Command): Command {
  return command.option("-o, --output <file>", "write there instead of to stdout");
}

/** Writes a whole document to the file that was named, or to stdout. @throws OPTION_INVALID where it cannot */
export async function writeOutput({ output }: OutputOption, text: string): Promise<void> {
  if (output === undefined || output === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(output, text);
  } catch (cause) {
    throw new ParzenError("OPTION_INVALID", `--output: cannot write ${output}: ${reasonOf(cause)}`, { cause });
  }
}

/** What the file system said, without its name for the error and without the path. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
