#!/usr/bin/env node
import { isatty } from "node:tty";
import { systemReason } from "../src/errors.ts";
import { EXIT } from "./exit.ts";
import { runCli } from "./program.ts";

/** Of the standard streams. */
const terminals = [0, 1, 2].filter(isatty);

process.stdout.on("error", endWithoutOutput);
process.stderr.on("error", () => undefined); // progress that nobody can read is no reason to end a run
const exitCode = isFolderGone() ? EXIT.usage : await runCli(process.argv.slice(2));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
exit(exitCode); // what a sweep's module left open, such as a timer, must not hold the command

/** Resolves when all that was written is with the system; at once where the reader is gone. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", resolve);
    if (stream.destroyed) resolve();
    else stream.write("", () => resolve());
  });
}

/** Whoever read the output may have enough of it, as in `parzen trials list | head`; a full disk is an error. */
function endWithoutOutput(error: NodeJS.ErrnoException): void {
  if (isHungUp()) return; // its signal ends what is to be ended
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  process.stderr.write(`error: the output could not be written: ${systemReason(error)}\n`);
  process.exit(EXIT.failed);
}

/** Node.js aborts where it cannot reset the terminal that it began with; a signal takes the process past that. */
function exit(code: number): never {
  if (isHungUp()) process.kill(process.pid, "SIGHUP");
  process.exit(code);
}

function isHungUp(): boolean {
  return terminals.some((stream) => !isatty(stream));
}

/** Without a folder to be in, nothing that is relative can be found, and Node.js itself throws. */
function isFolderGone(): boolean {
  try {
    process.cwd();
    return false;
  } catch {
    process.stderr.write("error: the folder that this is called in is gone\nChange to one that is there.\n");
    return true;
  }
}
