#!/usr/bin/env node
import { isatty } from "node:tty";
import { systemReason } from "../src/errors.ts";
import { EXIT } from "./exit.ts";
import { runCli } from "./program.ts";

/** Of the standard streams. */
const terminals = [0, 1, 2].filter(isatty);

/** Why stdout takes nothing more. A sweep's module may have written there: that is no reason to end a run. */
let unwritten: NodeJS.ErrnoException | null = null;

process.stdout.on("error", (error) => {
  unwritten ??= error;
});
process.stderr.on("error", () => undefined); // progress that nobody can read is no reason to end a run
process.exitCode = EXIT.failed; // unless it gets to its end
void main(); // not awaited: Node.js would warn of that where a sweep's module never comes to its own end

async function main(): Promise<never> {
  const exitCode = isFolderGone() ? EXIT.usage : await runCli(process.argv.slice(2));
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  return exit(afterOutput(exitCode)); // what a sweep's module left open, such as a timer, must not hold the command
}

/** Resolves when all that was written is with the system; at once where the reader is gone. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", resolve);
    if (stream.destroyed) resolve();
    else stream.write("", () => resolve());
  });
}

/** Whoever read the output may have enough of it, as in `parzen trials list | head`; a full disk is an error. */
function afterOutput(code: number): number {
  if (unwritten === null || unwritten.code === "EPIPE" || isHungUp()) return code;
  process.stderr.write(`error: the output could not be written: ${systemReason(unwritten)}\n`);
  return code === EXIT.ok ? EXIT.failed : code;
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
