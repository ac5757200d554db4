import type { Command } from "commander";

/** Adds a command to the program. `finish` sets the exit code where it is not 0; errors are thrown. */
export type Register = (program: Command, finish: (exitCode: number) => void) => void;

/** Every command, in the order in which `parzen --help` lists them. */
export const COMMANDS: readonly Register[] = [];
