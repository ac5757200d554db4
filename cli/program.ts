import { Command, CommanderError } from "commander";
import { ParzenError } from "../src/errors.ts";
import { maskLocation } from "../src/store/location.ts";
import { registersFor } from "./commands/index.ts";
import { EXIT, exitCodeOf } from "./exit.ts";
import { reasonOf } from "./output-file.ts";
import { packageVersion } from "./package-version.ts";

/** Runs one command line. @returns the exit code; every message was printed */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = new Command("parzen")
    .description("Hyperparameter optimization: sweeps, local workers, results that survive anything.")
    .version(packageVersion())
    .showSuggestionAfterError()
    .exitOverride()
    .enablePositionalOptions();
  process.stdout.on("error", endWithoutOutput);
  process.stderr.on("error", () => undefined); // progress that nobody can read is no reason to end a run
  let exitCode: number = EXIT.ok;
  const finish = (code: number): void => {
    exitCode = code;
  };
  for (const register of await registersFor(args)) register(program, finish);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return report(error);
  }
}

/** Whoever read the output may have enough of it, as in `parzen trials list | head`; a full disk is an error. */
function endWithoutOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  process.stderr.write(`error: the output could not be written: ${reasonOf(error)}\n`);
  process.exit(EXIT.failed);
}

/** Prints an error as one message, without a stack. @returns its exit code */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof ParzenError) {
    const hint = error.hint === undefined ? "" : `\n${error.hint}`;
    process.stderr.write(maskLocation(`error: ${error.message}${hint}\n`));
    return exitCodeOf(error.code);
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(maskLocation(`error: this is a fault of parzen itself, please report it\n${details}\n`));
  return EXIT.failed;
}
