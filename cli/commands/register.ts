import type { Command } from "commander";

/** Sets the exit code of a command that did not throw. */
export type Finish = (exitCode: number) => void;

/** Adds a command to the program. `finish` sets the exit code where it is not 0; errors are thrown. */
export type Register = (program: Command, finish: Finish) => void;
