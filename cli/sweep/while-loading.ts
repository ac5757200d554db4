import { resolve } from "node:path";
import { loadError } from "../../src/sweep/load-error.ts";
import { shownPath } from "../../src/sweep/shown-path.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../render/controls.ts";
import { say } from "../render/print.ts";

/**
 * Runs what loads a sweep's module, whose code may do anything. What it prints goes to stderr: stdout is for the results
 * of the command. Where it ends the process, that is said, with the exit code of a file that is wrong.
 */
export async function whileLoading<T>(file: string, load: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const write = stdout.write;
  let what = "it ended the process";
  const tellIdle = (): void => {
    what = "it awaited what never came"; // nothing is left that could wake it
  };
  const tellEnd = (): void => {
    say(`error: ${shownPath(file)}: ${what} while it was loaded`);
    say("A sweep's file is loaded by every command and every slot: it should define things, and do nothing else.");
    process.exitCode = EXIT.usage;
  };
  const tellThrown = (error: unknown): void => {
    process.off("exit", tellEnd);
    say(printable(`error: ${loadError(error, resolve(file), []).message}`));
    process.exit(EXIT.usage);
  };
  stdout.write = stderr.write.bind(stderr);
  process.once("beforeExit", tellIdle);
  process.once("exit", tellEnd);
  process.once("uncaughtException", tellThrown); // in a timer, or a promise that nobody waits for
  try {
    return await load();
  } finally {
    process.off("beforeExit", tellIdle);
    process.off("exit", tellEnd);
    process.off("uncaughtException", tellThrown);
    stdout.write = write;
  }
}
