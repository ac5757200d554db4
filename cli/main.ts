#!/usr/bin/env node
import { runCli } from "./program.ts";

const exitCode = await runCli(process.argv.slice(2));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(exitCode); // what a sweep's module left open, such as a timer, must not hold the command

/** Resolves when all that was written is with the system; at once where the reader is gone. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once("close", resolve);
    if (stream.destroyed) resolve();
    else stream.write("", () => resolve());
  });
}
