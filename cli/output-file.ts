import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { ParzenError, systemReason } from "../src/errors.ts";

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
    throw new ParzenError("OPTION_INVALID", `--output: cannot write ${output}: ${systemReason(cause)}`, { cause });
  }
}
